import { mockCredentials } from '@backstage/backend-test-utils';
import { databases } from '../charges/__testUtils__/ChargesFixture';
import { StatementsFixture } from '../statements/__testUtils__/StatementsFixture';
import { freshSource } from '../testUtils';
import { DefaultReconcileService } from './DefaultReconcileService';

jest.setTimeout(60_000);

const credentials = mockCredentials.user();
const MONTH = '2026-02';
const nanos = (text: string) => BigInt(text.replace('_', ''));

describe.each(databases.eachSupportedId())(
  'statements beside bills on %s',
  databaseId => {
    async function setUp() {
      const fixture = await StatementsFixture.create(databaseId);
      await fixture.deliver({
        month: MONTH,
        charges: [
          { resource: 'a', effective: nanos('1_000000001') },
          { resource: 'b', effective: nanos('2_000000000'), currency: 'EUR' },
        ],
      });
      await fixture.deliver({
        month: MONTH,
        source: 'focus:gcp',
        charges: [{ resource: 'g', effective: nanos('4_000000000') }],
      });
      const service = DefaultReconcileService.create({
        database: fixture.database,
        statuses: { getStatuses: async () => [freshSource('focus:aws')] },
        now: () => fixture.now,
      });
      return {
        fixture,
        service,
        dollars: async () => {
          const { statements } = await service.getReconciliation({
            credentials,
          });
          return statements.find(({ currency }) => currency === 'USD');
        },
      };
    }

    const close = (fixture: StatementsFixture) => fixture.task().run();

    it('are there once a month is closed, and agree to the nano', async () => {
      const { fixture, service, dollars } = await setUp();
      expect(await dollars()).toBeUndefined();
      await close(fixture);
      const { statements } = await service.getReconciliation({ credentials });
      expect(statements.map(({ currency }) => currency)).toEqual([
        'EUR',
        'USD',
      ]);
      expect(await dollars()).toMatchObject({
        month: MONTH,
        closing: '5.000000001',
        restatements: 0,
        restated: '0',
        total: '5.000000001',
        exported: '5.000000001',
        difference: '0',
        agrees: true,
        invoices: 'not-known',
        reasons: [],
      });
    });

    it('differ until what was delivered again is restated, and say which source it is', async () => {
      const { fixture, dollars } = await setUp();
      await close(fixture);
      await fixture.deliver({
        month: MONTH,
        charges: [
          { resource: 'a', effective: nanos('1_500000001') },
          { resource: 'b', effective: nanos('2_000000000'), currency: 'EUR' },
        ],
      });
      expect(await dollars()).toMatchObject({
        total: '5.000000001',
        exported: '5.500000001',
        difference: '0.5',
        agrees: false,
        reasons: [
          { reason: 'not-restated', source: 'focus:aws', title: 'The bill' },
        ],
      });
      await fixture.restater.restate(MONTH);
      expect(await dollars()).toMatchObject({
        closing: '5.000000001',
        restatements: 1,
        restated: '0.5',
        total: '5.500000001',
        agrees: true,
        reasons: [],
      });
    });

    it('find a nano', async () => {
      const { fixture, dollars } = await setUp();
      await close(fixture);
      await fixture.database.knex('cost_partition').update({
        totals: JSON.stringify([
          { currency: 'USD', effective: '5', billed: '2.500000005' },
        ]),
      });
      expect(await dollars()).toMatchObject({
        difference: '0.000000009',
        agrees: false,
      });
    });

    it('keep a source that is no longer set up, and hold back a bill without charges', async () => {
      const { fixture, dollars } = await setUp();
      await close(fixture);
      await fixture.deliver({ month: MONTH, charges: [] });
      expect(await dollars()).toMatchObject({
        exported: '4',
        reasons: [{ reason: 'emptied', source: 'focus:aws' }],
      });
      await fixture.deliver({
        month: MONTH,
        charges: [{ resource: 'a', effective: nanos('1_000000001') }],
      });
      await fixture.retire('focus:gcp');
      expect((await dollars())?.reasons).toContainEqual({
        reason: 'retired',
        source: 'focus:gcp',
        title: 'focus:gcp',
      });
    });

    it('are beside the sum of the invoices where each bill has one', async () => {
      const { fixture, service, dollars } = await setUp();
      await close(fixture);
      const enter = (source: string, amount: string) =>
        service.enterInvoice({
          credentials,
          invoice: { source, month: MONTH, currency: 'USD', amount, note: '' },
        });
      await enter('focus:aws', '1');
      expect((await dollars())?.invoiceTotal).toBeUndefined();
      await enter('focus:gcp', '4');
      expect(await dollars()).toMatchObject({
        invoiceTotal: '5',
        invoices: 'match',
      });
      await enter('focus:gcp', '5');
      expect(await dollars()).toMatchObject({
        invoiceTotal: '6',
        invoices: 'differ',
        agrees: true,
      });
    });
  },
);
