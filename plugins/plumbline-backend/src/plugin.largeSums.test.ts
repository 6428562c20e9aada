import { mockServices } from '@backstage/backend-test-utils';
import request from 'supertest';
import { allow, startPlumblineOn } from './__testUtils__/startPlumbline';
import { testDatabases } from './collect/__testUtils__/collecting';
import { CoverageTask } from './cost/coverage/CoverageTask';
import { StatementsFixture } from './cost/statements/__testUtils__/StatementsFixture';

jest.setTimeout(120_000);

const JAN = '2026-01';
const IDR = 1_000_000_000n;
const days = 'from=2026-01-01&to=2026-02-01';

/** Fifty milliards of rupiahs: more nanos than a BIGINT has, by entity and in all, in rows that each fit. */
const charges = [
  ['web', 'Compute'],
  ['web', 'Storage'],
  ['web', 'Network'],
  ['db', 'Compute'],
  ['db', 'Storage'],
  ['nobody', 'Compute'],
].map(([resource, service], index) => ({
  resource,
  service,
  currency: 'IDR',
  day: index,
  effective: 8_000_000_000n * IDR + 1n,
  billed: 8_000_000_000n * IDR,
}));
charges.push({
  ...charges[5],
  service: 'Storage',
  effective: 2_000_000_000n * IDR,
  billed: 2_000_000_000n * IDR,
});

describe.each(testDatabases.eachSupportedId())('on %s', databaseId => {
  async function setUp() {
    const fixture = await StatementsFixture.create(databaseId);
    await fixture.addEntity('component:default/checkout');
    await fixture.addEntity('component:default/ledger');
    fixture.give('web', 'component:default/checkout');
    fixture.give('db', 'component:default/ledger');
    return fixture;
  }

  it('a month of fifty milliards is right wherever it is shown', async () => {
    const fixture = await setUp();
    await fixture.deliver({ month: JAN, charges });
    await fixture.closer.close({ month: JAN, occasion: 'schedule' });
    await CoverageTask.create({
      database: fixture.database,
      logger: mockServices.logger.mock(),
    }).run();
    const { server } = await startPlumblineOn(
      fixture.database.knex,
      () => allow,
      ['Component/checkout', 'Component/ledger'],
    );
    const get = async (path: string) => {
      const { status, body } = await request(server).get(
        `/api/plumbline/v1/${path}`,
      );
      expect([path, status, body.error]).toEqual([path, 200, undefined]);
      return body;
    };
    const entity = 'entities/component/default/checkout';
    expect((await get(`${entity}/costs?${days}`)).currencies).toMatchObject([
      { currency: 'IDR', total: '24000000000.000000003' },
    ]);
    expect(await get(`${entity}/charges?${days}&currency=IDR`)).toMatchObject({
      total: '24000000000.000000003',
      rowCount: 3,
    });
    const portfolio = await get(`portfolio?by=entity&from=${JAN}&to=${JAN}`);
    expect(
      portfolio.rows.map((row: { total: string }) => row.total).sort(),
    ).toEqual(['16000000000.000000002', '24000000000.000000003']);
    expect(portfolio).toMatchObject({
      totals: [{ currency: 'IDR', total: '40000000000.000000005' }],
      unallocated: [{ currency: 'IDR', total: '10000000000.000000001' }],
    });
    expect((await get(`statements/${JAN}?by=entity`)).totals).toMatchObject([
      { currency: 'IDR', effective: '50000000000.000000006' },
    ]);
    expect((await get(`coverage?month=${JAN}`)).total).toMatchObject({
      amounts: {
        claimed: '40000000000.000000005',
        unallocated: '10000000000.000000001',
      },
    });
    expect(await get(`unallocated?bucket=unallocated&${days}`)).toMatchObject({
      total: '10000000000.000000001',
    });

    const entered = await request(server)
      .put('/api/plumbline/v1/invoices')
      .send({
        source: 'focus:aws',
        month: JAN,
        currency: 'IDR',
        amount: '50000000000.25',
        note: '',
      });
    expect([entered.status, entered.body.error]).toEqual([204, undefined]);
    const [month] = (await get(`reconcile?from=${JAN}&to=${JAN}`)).months;
    expect(month).toMatchObject({
      billed: '50000000000',
      entities: '40000000000',
      unallocated: '10000000000',
      addsUp: true,
      invoiceTotal: '50000000000.25',
    });
  });

  it('a line that no row holds is refused with what, where and what to do', async () => {
    const fixture = await setUp();
    const tooMuch = (resources: string[], day: (index: number) => number) => ({
      month: JAN,
      charges: resources.map((resource, index) => ({
        resource,
        service: 'Compute',
        currency: 'IDR',
        day: day(index),
        effective: 6_000_000_000n * IDR,
      })),
    });
    const problems = async () => {
      const { problems: json } = await fixture.database
        .knex('collection_run')
        .orderBy('id', 'desc')
        .first('problems');
      return JSON.parse(json).map(
        ({ message }: { message: string }) => message,
      );
    };
    const advice =
      'comes to more than 9,223,372,036, which is the most that a row holds exactly. Give the resources to more entities, or have the bill in a currency with larger units';
    await fixture.deliver(tooMuch(['web', 'web'], index => index));
    expect(await problems()).toEqual([
      `2026-01: the cost of 'Compute' of 'component:default/checkout' in IDR ${advice}`,
    ]);
    await fixture.deliver(tooMuch(['nobody', 'nobody'], index => index));
    expect(await problems()).toEqual([
      `2026-01: the cost of 'Compute' of 'plumbline:unallocated' in IDR ${advice}`,
    ]);
    await fixture.deliver({
      month: JAN,
      charges: [
        {
          resource: 'web',
          service: 'Compute',
          currency: 'IDR',
          effective: 10_000_000_000n * IDR,
        },
      ],
    });
    expect(await problems()).toEqual([
      `2026-01: the cost of 'Compute' of the resource 'web' in IDR ${advice}`,
    ]);
    expect(await fixture.live(JAN)).toEqual({});
  });

  it('two bills whose lines come to more together keep the month open, and it says why', async () => {
    const fixture = await setUp();
    for (const source of ['focus:aws', 'focus:other']) {
      await fixture.deliver({
        month: JAN,
        source,
        charges: [
          {
            resource: 'web',
            service: 'Compute',
            currency: 'IDR',
            effective: 6_000_000_000n * IDR,
          },
        ],
      });
    }
    await fixture.task().run();
    expect(await fixture.closed.closedAt(JAN)).toBeUndefined();
    const [month] = await fixture.open().list();
    expect(month.obstacles).toEqual([
      expect.stringContaining(
        "2026-01 stays open: the cost of 'Compute' of 'component:default/checkout' in IDR comes to more than 9,223,372,036",
      ),
    ]);
  });
});
