import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { Portfolio } from '@plumbline/backstage-plugin-plumbline-common';
import { EntityStore } from '../../permissions';
import { BudgetEvaluator, BudgetTask, readBudgets } from '../budgets';
import { units } from '../testUtils';
import { databases, PortfolioFixture } from './__testUtils__/PortfolioFixture';

jest.setTimeout(60_000);

const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';
const shop = 'group:default/shop';
const storefront = 'system:default/storefront';

describe.each(databases.eachSupportedId())(
  'the budgets of portfolio rows, %p',
  id => {
    let fixture: PortfolioFixture;

    const evaluate = async () =>
      BudgetTask.create({
        database: fixture.costs.database,
        evaluator: BudgetEvaluator.create({
          database: fixture.costs.database,
          entities: EntityStore.create({ database: fixture.costs.database }),
          statuses: { getStatuses: async () => fixture.statuses },
          bindings: fixture.costs.bindings,
        }),
        budgets: readBudgets(
          new ConfigReader({
            plumbline: {
              budgets: [
                { owner: 'shop', amount: '900', currency: 'USD' },
                {
                  owner: 'shop',
                  amount: '100',
                  currency: 'USD',
                  name: 'Pilot',
                },
                { system: 'storefront', amount: '300', currency: 'USD' },
                {
                  system: 'storefront',
                  amount: '100',
                  currency: 'USD',
                  environment: 'dev',
                },
                { entity: checkout, amount: '20', currency: 'EUR' },
              ],
            },
          } as object),
        ),
        logger: mockServices.logger.mock(),
        now: () => new Date('2026-03-22T06:00:00Z'),
      }).evaluate();

    beforeEach(async () => {
      fixture = await PortfolioFixture.create(id);
      await fixture.costs.addEntities([
        { ref: checkout, owner: shop, system: storefront },
        { ref: ledger, owner: 'group:default/money', system: storefront },
        { ref: shop, owner: shop },
        { ref: storefront, owner: shop },
      ]);
      await fixture.costs.addSources([
        { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
      ]);
      const days = Array.from({ length: 79 }, (_, index) =>
        new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      );
      await fixture.costs.addCosts(
        days.flatMap(day => [
          { entity: checkout, day, effective: units(10) },
          { entity: checkout, day, effective: units(1), environment: 'dev' },
          { entity: checkout, day, effective: units(1), currency: 'EUR' },
          { entity: ledger, day, effective: units(1) },
        ]),
      );
      await evaluate();
    });

    const inShort = ({ rows }: Portfolio) =>
      rows.flatMap(({ key, currency, budgets = [] }) =>
        budgets.map(
          ({ state, figures }) =>
            `${key} ${currency} ${state} ${figures?.spent ?? 'no figures'}`,
        ),
      );

    it('stand in the row of their currency, the one that worries most first', async () => {
      expect(inShort(await fixture.get())).toEqual([
        `${shop} USD over 220`,
        `${shop} USD on-track 220`,
      ]);
      expect(inShort(await fixture.get({ by: 'entity' }))).toEqual([
        `${checkout} EUR at-risk 20`,
      ]);
      expect(inShort(await fixture.get({ by: 'system' }))).toEqual([
        `${storefront} USD at-risk 240`,
        `${storefront} USD on-track 20`,
      ]);
    });

    it('are those of the environment that is looked at', async () => {
      expect(
        inShort(await fixture.get({ by: 'system', environment: 'dev' })),
      ).toEqual([`${storefront} USD on-track 20`]);
      expect(
        inShort(await fixture.get({ by: 'environment', system: storefront })),
      ).toEqual(['dev USD on-track 20']);
      expect(inShort(await fixture.get({ by: 'environment' }))).toEqual([]);
    });

    it('are left out where a row is a part of what they count', async () => {
      expect(inShort(await fixture.get({ system: storefront }))).toEqual([]);
      expect(
        inShort(await fixture.get({ by: 'entity', system: storefront })),
      ).toEqual([`${checkout} EUR at-risk 20`]);
    });

    it('say nothing of what is hidden from the caller', async () => {
      fixture.readable = { property: 'owner_ref', values: [shop] };
      expect(inShort(await fixture.get({ by: 'system' }))).toEqual([
        `${storefront} EUR cannot-tell no figures`,
        `${storefront} EUR cannot-tell no figures`,
        `${storefront} USD cannot-tell no figures`,
        `${storefront} USD cannot-tell no figures`,
      ]);
      // All that this one counts may be seen.
      expect(inShort(await fixture.get())).toHaveLength(2);

      fixture.readable = {
        property: 'owner_ref',
        values: ['group:default/money'],
      };
      expect(inShort(await fixture.get({ by: 'system' }))).toEqual([]);

      fixture.readable = undefined;
      fixture.hidden = [shop];
      expect(inShort(await fixture.get())).toEqual([]);
    });

    it('are read at once for a page', async () => {
      const asked = jest.fn();
      fixture.costs.database.knex.on('query', ({ sql }) => asked(sql));
      await fixture.get({ by: 'entity' });
      const reads = asked.mock.calls.filter(([sql]) =>
        /from [`"]budget[`"]/.test(sql),
      );
      expect(reads).toHaveLength(1);
      fixture.costs.database.knex.removeAllListeners('query');
    });
  },
);
