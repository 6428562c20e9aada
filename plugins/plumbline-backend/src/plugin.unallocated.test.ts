import { mockCredentials } from '@backstage/backend-test-utils';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import request from 'supertest';
import {
  allow,
  deny,
  ownedByPayments,
  startPlumbline,
} from './__testUtils__/startPlumbline';

jest.setTimeout(60_000);

const days = 'from=2026-03-01&to=2026-03-21';
const paths = ['unallocated', 'unallocated/tag-keys'].flatMap(path =>
  ['unallocated', 'shared'].map(
    bucket => `/api/plumbline/v1/${path}?bucket=${bucket}&${days}`,
  ),
);

async function start(decision: PolicyDecision, owner?: string) {
  const started = await startPlumbline(() => decision);
  await started.costs.database
    .knex('entity')
    .where({ kind: 'bucket' })
    .update({ owner_ref: owner ?? null });
  return started;
}

describe('what belongs to no entity', () => {
  it('is shown to signed-in people who may see the bucket', async () => {
    const { server, auditor } = await start(
      ownedByPayments,
      'group:default/payments',
    );
    for (const path of paths) {
      const { status, body } = await request(server).get(path);
      expect([path, status, body.error]).toEqual([path, 200, undefined]);
      for (const [header, refused] of [
        [mockCredentials.none.header(), 401],
        [mockCredentials.service.header(), 403],
      ] as const) {
        expect(
          (await request(server).get(path).set('authorization', header)).status,
        ).toBe(refused);
      }
    }
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'unallocated-fetch',
        meta: { bucket: 'shared', groupBy: 'account' },
      }),
    );
  });

  it.each([
    ['nobody owns the bucket', ownedByPayments, undefined],
    ['another group owns the bucket', ownedByPayments, 'group:default/finops'],
    ['no cost may be read', deny, 'group:default/payments'],
  ])('is not there where %s', async (_, decision, owner) => {
    const { server } = await start(decision, owner);
    for (const path of paths) {
      const { status, body } = await request(server).get(path);
      expect(status).toBe(404);
      expect(body.error.message).toBe('There is nothing here that you may see');
    }
  });

  it('takes names with blanks and signs in them, as browsers write them', async () => {
    const { server } = await start(allow);
    const query = new URLSearchParams({
      bucket: 'unallocated',
      from: '2026-03-01',
      to: '2026-03-21',
      account: '/subscriptions/a b',
      service: 'Amazon EC2 & more',
      category: 'Usage',
      tag: 'user:team=a=b c',
      search: 'arn:aws:x/y z',
      groupBy: 'tag',
      tagKey: 'aws:stack name',
    });
    const { status, body } = await request(server).get(
      `/api/plumbline/v1/unallocated?${query}`,
    );
    expect([status, body.error]).toEqual([200, undefined]);
  });

  it('refuses what makes no sense, and says which part of it', async () => {
    const { server } = await start(allow);
    const ask = async (query: string) => {
      const { status, body } = await request(server).get(
        `/api/plumbline/v1/unallocated?${query}`,
      );
      return [status, body.error?.message];
    };
    expect(await ask(`bucket=unallocated&${days}&account=`)).toEqual([
      200,
      undefined,
    ]);
    expect(await ask(`bucket=unallocated&${days}&tag=team`)).toEqual([
      400,
      expect.stringContaining("'tag' (team)"),
    ]);
    expect((await ask(`bucket=everything&${days}`))[0]).toBe(400);
    expect((await ask(`bucket=shared&${days}&cursor=-1`))[0]).toBe(400);
  });
});
