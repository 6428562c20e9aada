import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ChargesFixture,
  databases,
  type Charge,
} from '../charges/__testUtils__/ChargesFixture';
import { freshSource } from '../testUtils';
import { DefaultReconcileService } from './DefaultReconcileService';

jest.setTimeout(60_000);

const checkout = 'component:default/checkout';
const credentials = mockCredentials.user('user:default/noor');

const charges: Charge[] = [
  { date: '2026-02-02', billedNanos: 100_004_000_001n },
  { date: '2026-02-03', resource: 1, billedNanos: 7_000_000_000n },
  { date: '2026-02-04', resource: 3, category: 'Tax', billedNanos: 10n ** 9n },
  {
    date: '2026-01-04',
    resource: 1,
    correction: true,
    billedNanos: -2_000_000_000n,
  },
  { date: '2026-02-05', resource: 1, service: 1, billedNanos: 0n },
  { date: '2026-02-06', currency: 'EUR', billedNanos: 5_000_000_000n },
];
const billed = '106.004000001';
const invoices = [
  { id: 'A-1', issuer: 'AWS', currency: 'USD', billed: '105.004000001' },
  { id: '', currency: 'USD', billed: '1' },
  { id: 'A-2', issuer: 'AWS', currency: 'EUR', billed: '5' },
];

describe.each(databases.eachSupportedId())('reconciling on %s', databaseId => {
  async function setUp(now = '2026-03-10T12:00:00Z') {
    const fixture = await ChargesFixture.create(databaseId, [checkout]);
    await fixture.bill('2026-02', charges, { invoices });
    await fixture.allocate([{ resource: 'arn:a', entity: checkout }]);
    const service = DefaultReconcileService.create({
      database: fixture.database,
      statuses: { getStatuses: async () => [freshSource('fake:bill')] },
      now: () => new Date(now),
    });
    const enter = (amount: string | undefined, invoiceId?: string) =>
      service.enterInvoice({
        credentials,
        invoice: {
          source: 'fake:bill',
          month: '2026-02',
          currency: 'USD',
          note: 'From the PDF',
          ...(invoiceId && { invoiceId }),
          ...(amount && { amount }),
        },
      });
    const dollars = async () => {
      const { months } = await service.getReconciliation({ credentials });
      return months.find(({ currency }) => currency === 'USD')!;
    };
    return { fixture, service, enter, dollars };
  }

  it('adds a bill up by whose it is, in each currency', async () => {
    const { service } = await setUp();
    const { months } = await service.getReconciliation({ credentials });
    expect(months.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    expect(months[1]).toMatchObject({
      source: 'fake:bill',
      title: 'The bill',
      month: '2026-02',
      dataThrough: '2026-02-28',
      billed,
      entities: '100.004000001',
      shared: '1',
      unallocated: '5',
      remainder: '0',
      addsUp: true,
    });
  });

  it('finds a nano that is missing', async () => {
    const { fixture, dollars } = await setUp();
    const { knex } = fixture.database;
    const entity = await knex('entity').where({ ref: checkout }).first('id');
    await knex('entity_cost_monthly')
      .where({ entity_id: entity.id })
      .increment('billed', 2);
    const found = await dollars();
    expect(found).toMatchObject({ remainder: '-0.000000002', addsUp: false });
  });

  it('compares with the invoices that the export names, and says what they lack', async () => {
    const { dollars } = await setUp();
    expect(await dollars()).toMatchObject({
      state: 'differs',
      invoiceTotal: '105.004000001',
      invoiceFrom: 'export',
      difference: '-1',
      hints: [
        { reason: 'without-invoice', amount: '1' },
        { reason: 'corrections', amount: '-2' },
        { reason: 'tax', amount: '1' },
        { reason: 'not-billed', amount: '1' },
      ],
      invoices: [{ id: 'A-1', issuer: 'AWS', billed: '105.004000001' }],
    });
  });

  it('compares with what a person entered, to the cent, and keeps every entry', async () => {
    const { enter, dollars } = await setUp();
    await enter('100');
    expect(await dollars()).toMatchObject({
      state: 'differs',
      difference: '-6.004000001',
    });
    await enter('106.00');
    const month = await dollars();
    expect(month).toMatchObject({
      state: 'matches',
      invoiceTotal: '106',
      invoiceFrom: 'entered',
      hints: [],
    });
    expect(month.invoices[0]).toEqual({
      id: '',
      entered: '106',
      history: [
        {
          amount: '106',
          note: 'From the PDF',
          enteredBy: 'user:default/noor',
          enteredAt: '2026-03-10T12:00:00.000Z',
        },
        expect.objectContaining({ amount: '100' }),
      ],
    });
    await enter(undefined);
    const withdrawn = await dollars();
    expect(withdrawn).toMatchObject({ invoiceFrom: 'export' });
    expect(withdrawn.invoices[0].history).toHaveLength(3);
  });

  it('puts an invoice beside the same one in the export', async () => {
    const { enter, dollars } = await setUp();
    await enter('105', 'A-1');
    await enter('1', 'P-9');
    const { invoices: found, ...month } = await dollars();
    expect(month).toMatchObject({
      state: 'matches',
      invoiceTotal: '106',
      invoiceFrom: 'entered',
    });
    expect(found).toMatchObject([
      {
        id: 'A-1',
        billed: '105.004000001',
        entered: '105',
        difference: '-0.004000001',
      },
      { id: 'P-9', entered: '1' },
    ]);
  });

  it('does not judge a month that is not over, or not delivered', async () => {
    const early = await setUp('2026-02-28T12:00:00Z');
    await early.enter('106.00');
    expect(await early.dollars()).toMatchObject({ state: 'incomplete' });
    await early.fixture.database
      .knex('cost_partition')
      .update({ data_through: 20_500 });
    const late = DefaultReconcileService.create({
      database: early.fixture.database,
      statuses: { getStatuses: async () => [] },
      now: () => new Date('2026-04-10T12:00:00Z'),
    });
    const { months } = await late.getReconciliation({ credentials });
    expect(months[0]).toMatchObject({
      state: 'incomplete',
      title: 'fake:bill',
    });
  });

  it('says so where nobody knows an invoice, and takes none for a bill that is not there', async () => {
    const { fixture, service, dollars } = await setUp();
    await fixture.database.knex('cost_partition').update({ invoices: null });
    const { invoiceTotal, ...month } = await dollars();
    expect(invoiceTotal).toBeUndefined();
    expect(month).toMatchObject({
      state: 'no-invoice',
      hints: [],
      invoices: [],
    });
    await expect(
      service.enterInvoice({
        credentials,
        invoice: {
          source: 'fake:bill',
          month: '2025-02',
          currency: 'USD',
          note: '',
          amount: '1',
        },
      }),
    ).rejects.toThrow("'fake:bill' has no bill of 2025-02");
    await expect(
      service.getReconciliation({
        from: '2020-01',
        to: '2026-01',
        credentials,
      }),
    ).rejects.toThrow(/36 months/);
  });
});
