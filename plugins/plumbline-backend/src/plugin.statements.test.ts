import { mockCredentials } from '@backstage/backend-test-utils';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { PlumblineClient } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  StatementItem,
  StatementQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import request from 'supertest';
import {
  allow,
  deny,
  ownedByPayments,
  startPlumblineOn,
} from './__testUtils__/startPlumbline';
import { StatementsFixture } from './cost/statements/__testUtils__/StatementsFixture';

jest.setTimeout(60_000);

const CATALOG = ['Component/checkout', 'Component/ledger', 'Component/foreign'];
const root = '/api/plumbline/v1/statements';

async function start(
  decide: (permission: string) => PolicyDecision,
  options: {
    visible?: string[];
    change?: (fixture: StatementsFixture) => Promise<void>;
  } = {},
) {
  const fixture = await StatementsFixture.create('SQLITE_3');
  const { knex } = fixture.database;
  await fixture.addEntity('component:default/checkout', {
    owner: 'group:default/payments',
    title: '=HYPERLINK("http://evil")',
  });
  await fixture.addEntity('component:default/ledger', {
    owner: 'group:default/payments',
  });
  await fixture.addEntity('component:default/foreign', {
    owner: 'group:default/other',
  });
  for (const name of ['checkout', 'ledger', 'foreign']) {
    fixture.give(name, `component:default/${name}`);
  }
  const charges = [
    { resource: 'checkout', effective: 1_500_000_000n, billed: 2n },
    { resource: 'ledger', effective: 10_000_000_000n },
    { resource: 'foreign', effective: 100_000_000_000n },
    { resource: 'nobody', effective: 1_000_000_000_000n },
    { resource: '', effective: -3n, category: 'Credit' as const },
  ];
  await fixture.deliver({ month: '2026-01', charges });
  await fixture.deliver({ month: '2026-02', charges });
  await fixture.deliver({ month: '2026-03', charges });
  await fixture.task().run();
  await fixture.deliver({
    month: '2026-01',
    charges: [
      { ...charges[0], effective: 1_000_000_000n },
      charges[1],
      { ...charges[2], effective: 90_000_000_000n },
      ...charges.slice(3),
    ],
  });
  await fixture.task().run();
  await options.change?.(fixture);
  const started = await startPlumblineOn(
    knex,
    decide,
    options.visible ?? CATALOG,
    { buckets: { owner: 'group:default/finops' } },
  );
  const address = started.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = PlumblineClient.create({
    discoveryApi: {
      getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
    },
    fetchApi: {
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...init?.headers,
            authorization: mockCredentials.user.header(),
          },
        }),
    },
  });
  const items = async (query: StatementQuery): Promise<StatementItem[]> =>
    (await client.getStatement('2026-01', query)).items;
  return { ...started, client, fixture, items };
}

const names = (items: readonly StatementItem[]) =>
  items.map(({ kind, ref, effective }) => `${ref ?? kind} ${effective}`);

describe('statements over HTTP', () => {
  it('list months with their state and what they come to', async () => {
    const { client } = await start(() => allow);
    const { items } = await client.getStatements();
    expect(items).toMatchObject([
      { month: '2026-03', state: 'open', totals: [] },
      {
        month: '2026-02',
        state: 'closed',
        restatements: 0,
        totals: [{ currency: 'USD', effective: '1111.499999997' }],
      },
      {
        month: '2026-01',
        state: 'closed',
        restatements: 1,
        totals: [{ currency: 'USD', effective: '1100.999999997' }],
      },
    ]);
    const first = await client.getStatements({ limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await client.getStatements({ cursor: first.nextCursor });
    expect(second.items.map(({ month }) => month)).toEqual(['2026-01']);
  });

  it('show a month by owner, by entity, as it was closed and as it is now', async () => {
    const { client, items } = await start(() => allow);
    const statement = await client.getStatement('2026-01');
    expect(statement).toMatchObject({
      by: 'owner',
      asOf: 'restated',
      sources: ['focus:aws'],
      leftOut: 0,
      buckets: 'included',
      totals: [
        {
          currency: 'USD',
          effective: '1100.999999997',
          billed: '1099.999999999',
        },
      ],
      restatements: [
        {
          number: 1,
          causes: [{ source: 'focus:aws', cause: 'delivered-again' }],
          changes: [{ currency: 'USD', effective: '-10.5' }],
        },
      ],
    });
    expect(names(statement.items)).toEqual([
      'unallocated 1000',
      'group:default/other 90',
      'group:default/payments 11',
      'shared -0.000000003',
    ]);
    expect(names(await items({ by: 'entity', asOf: 'original' }))).toEqual([
      'unallocated 1000',
      'component:default/foreign 100',
      'component:default/ledger 10',
      'component:default/checkout 1.5',
      'shared -0.000000003',
    ]);
    expect(names(await items({ by: 'system' }))[1]).toBe('none 101');
    expect(names(await items({ by: 'entity', search: 'LEDG' }))).toEqual([
      'component:default/ledger 10',
    ]);
  });

  it('give a list page by page', async () => {
    const { client } = await start(() => allow);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.getStatement('2026-01', {
        by: 'entity',
        limit: 2,
        cursor,
      });
      expect(page.totals[0].effective).toBe('1100.999999997');
      seen.push(...names(page.items));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it('show what a person may read now, say how much is left out, and never more', async () => {
    const { client, items, server } = await start(name =>
      name === 'plumbline.cost.read' ? ownedByPayments : deny,
    );
    expect(await client.getStatement('2026-01')).toMatchObject({
      leftOut: 1,
      buckets: 'left-out',
      totals: [{ currency: 'USD', effective: '11' }],
      restatements: [{ changes: [{ effective: '-0.5' }] }],
    });
    expect(names(await items({ by: 'entity' }))).toEqual([
      'component:default/ledger 10',
      'component:default/checkout 1',
    ]);
    const months = await client.getStatements();
    expect(months.items[2].totals).toMatchObject([{ effective: '11' }]);
    const lines = async (of: string) => {
      const { status, text } = await request(server).get(
        `${root}/2026-01/lines?of=${of}`,
      );
      return { status, text: text.replaceAll(of, 'NAME') };
    };
    const missing = await lines('component:default/missing');
    expect(missing.status).toBe(404);
    expect(await lines('component:default/foreign')).toEqual(missing);
    expect(await lines('plumbline:unallocated')).toEqual(missing);
    expect((await lines('component:default/checkout')).status).toBe(200);
    const { content, fileName } = await client.getStatementCsv('2026-01');
    expect(fileName).toBe('statement-2026-01-partial.csv');
    const csv = await content.text();
    expect(csv).not.toContain('foreign');
    expect(csv).not.toContain('plumbline:');
    expect(csv.trim().split('\r\n')).toHaveLength(4);
  });

  it('follow a change of owner: who owned it once has lost sight of it', async () => {
    const { items } = await start(() => ownedByPayments, {
      change: async fixture => {
        await fixture.addEntity('component:default/ledger', {
          owner: 'group:default/other',
        });
        await fixture.addEntity('component:default/foreign', {
          owner: 'group:default/payments',
        });
      },
    });
    // Stated with the owner of then.
    expect(
      (await items({ by: 'entity' })).map(({ ref, owner }) => [ref, owner]),
    ).toEqual([
      ['component:default/foreign', 'group:default/other'],
      ['component:default/checkout', 'group:default/payments'],
    ]);
  });

  it('show the buckets to whose they are', async () => {
    const { client, items } = await start(() => ({
      ...ownedByPayments,
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        resourceType: 'plumbline-entity',
        params: { claims: ['group:default/finops'] },
      },
    }));
    expect(names(await items({ by: 'entity' }))).toEqual([
      'unallocated 1000',
      'shared -0.000000003',
    ]);
    expect(
      (await client.getStatementLines('2026-01', { of: 'plumbline:shared' }))
        .lines,
    ).toEqual([
      {
        environment: 'unknown',
        provider: 'AWS',
        service: 'Lambda',
        category: 'Credit',
        correction: false,
        currency: 'USD',
        effective: '-0.000000003',
        billed: '-0.000000003',
      },
    ]);
  });

  it('name only what the catalog shows, and what it no longer has', async () => {
    const { items, client } = await start(() => allow, {
      visible: ['Component/checkout'],
      change: async fixture => {
        await fixture.database
          .knex('entity')
          .where({ ref: 'component:default/ledger' })
          .update({ removed_at: fixture.now });
      },
    });
    expect(names(await items({ by: 'entity' }))).toEqual([
      'unallocated 1000',
      'unnamed 90',
      'component:default/ledger 10',
      'component:default/checkout 1',
      'shared -0.000000003',
    ]);
    expect(
      (await items({ by: 'entity' })).find(({ vanished }) => vanished)?.ref,
    ).toBe('component:default/ledger');
    expect(await items({ by: 'entity', search: 'foreign' })).toEqual([]);
    const { content } = await client.getStatementCsv('2026-01');
    expect(await content.text()).not.toContain('foreign');
  });

  it('are searched by names that the caller may see: no page tells that there are others', async () => {
    const { client, items } = await start(() => allow, {
      visible: ['Component/checkout'],
    });
    const query = { by: 'entity', limit: 1 } as const;
    expect(names(await items({ ...query, search: 'component' }))).toEqual([
      'component:default/checkout 1',
    ]);
    const answer = async (search: string) => {
      const { items: found, nextCursor } = await client.getStatement(
        '2026-01',
        { ...query, search },
      );
      return { found, nextCursor };
    };
    // Both hidden names hold an e, and none of them holds a q.
    expect(await answer('default/')).toEqual({
      found: [expect.objectContaining({ ref: 'component:default/checkout' })],
    });
    expect(await answer('ledger')).toEqual(await answer('qqqqqq'));
  });

  it('name no person who owns something and whom the catalog hides', async () => {
    const { client, items } = await start(() => allow, {
      change: async fixture => {
        await fixture.database
          .knex('statement_entity')
          .where({ ref: 'component:default/foreign' })
          .update({ owner_ref: 'user:default/jane' });
      },
    });
    expect(names(await items({ by: 'owner' }))).toContain('unnamed 90');
    const answers = [
      JSON.stringify(await items({ by: 'entity' })),
      await (await client.getStatementCsv('2026-01')).content.text(),
    ];
    answers.forEach(text => expect(text).not.toContain('jane'));
  });

  it('are written as CSV: the closing, then each difference, text that no spreadsheet runs', async () => {
    const { client } = await start(() => allow);
    const { content, fileName } = await client.getStatementCsv('2026-01');
    expect(fileName).toBe('statement-2026-01.csv');
    const bytes = new Uint8Array(await content.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    const rows = text.split('\r\n');
    expect(rows[0]).toBe(
      'BillingPeriodStart,BillingPeriodEnd,BillingCurrency,BilledCost,EffectiveCost,ProviderName,ServiceName,ChargeCategory,ChargeClass,CommitmentDiscountStatus,x_Environment,x_Entity,x_EntityTitle,x_Owner,x_System,x_Domain,x_Statement,x_StatedAt',
    );
    expect(text).toContain(
      `2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,USD,0.000000002,1.5,AWS,Lambda,Usage,,,unknown,component:default/checkout,"'=HYPERLINK(""http://evil"")",group:default/payments,,,original,2026-03-10T12:00:00.000Z\r\n`,
    );
    expect(text).toContain(',USD,0,-0.5,AWS,');
    expect(text).toContain(',restatement 1,');
    const original = await client.getStatementCsv('2026-01', {
      asOf: 'original',
    });
    expect(await original.content.text()).not.toContain('restatement');
  });

  it('are refused to who may read no cost, and for months that are not closed', async () => {
    const { server } = await start(() => deny);
    for (const path of ['', '/2026-01', '/2026-01/csv']) {
      expect((await request(server).get(`${root}${path}`)).status).toBe(403);
    }
    const { server: open } = await start(() => allow);
    for (const [path, status] of [
      ['/2026-03', 404],
      ['/2026-03/csv', 404],
      ['/2019-01', 404],
      ['/2026-13', 400],
      ['/2026-01?by=mood', 400],
      ['/2026-01?limit=501', 400],
      ['/2026-01?cursor=x', 400],
      ['/2026-01/lines', 400],
      ['?cursor=x', 400],
    ] as const) {
      const answer = await request(open).get(`${root}${path}`);
      expect([path, answer.status]).toEqual([path, status]);
    }
  });

  it('are closed by administrators alone, by force only with a reason, and it is written down', async () => {
    const change = async (fixture: StatementsFixture) => {
      await fixture.deliver({
        month: '2025-12',
        charges: [{ resource: 'checkout', effective: 1n }],
      });
      await fixture.fail();
    };
    const somebody = await start(
      name => (name === 'plumbline.admin' ? deny : allow),
      { change },
    );
    await expect(
      somebody.client.closeStatement('2025-12'),
    ).rejects.toMatchObject({ statusCode: 403 });

    const { client, auditor } = await start(() => allow, { change });
    await expect(client.closeStatement('2025-12')).rejects.toMatchObject({
      statusCode: 409,
      body: {
        error: {
          message: expect.stringContaining(
            "The last run of source 'focus:aws' failed.",
          ),
        },
      },
    });
    await expect(
      client.closeStatement('2025-12', { force: true }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect(
      await client.closeStatement('2025-12', {
        force: true,
        reason: 'The books are closed',
      }),
    ).toMatchObject({
      state: 'closed',
      forced: {
        reason: 'The books are closed',
        obstacles: ["The last run of source 'focus:aws' failed."],
      },
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'statement-close',
        meta: {
          month: '2025-12',
          force: true,
          reason: 'The books are closed',
        },
      }),
    );
  });
});
