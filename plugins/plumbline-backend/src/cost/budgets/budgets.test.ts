import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { SourceStatus } from '@plumbline/backstage-plugin-plumbline-common';
import { RepositoryFileStore } from '../../bindings/repositories/RepositoryFileStore';
import { parseCostQuery } from '../../api/request';
import { EntityStore, type EntityFilter } from '../../permissions';
import { DefaultCostService } from '../DefaultCostService';
import { freshSource, ref, TestCosts, units } from '../testUtils';
import {
  AuthorizedBudgetService,
  BudgetEvaluator,
  BudgetStore,
  BudgetTask,
  readBudgets,
} from './index';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';
const shop = 'system:default/shop';

const ofPayments: EntityFilter = {
  property: 'owner_ref',
  values: ['group:default/payments'],
};

describe.each(databases.eachSupportedId())('budgets on %s', id => {
  let costs: TestCosts;
  let statuses: SourceStatus[];
  let now: Date;

  beforeEach(async () => {
    costs = await TestCosts.create(await databases.init(id));
    statuses = [freshSource()];
    now = new Date('2026-03-22T06:00:00Z');
    await costs.addEntities([
      { ref: checkout, owner: 'group:default/payments', system: shop },
      { ref: ledger, owner: 'group:default/other', system: shop },
      { ref: shop, owner: 'group:default/payments' },
    ]);
    await costs.addSources([
      { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
    ]);
    const days = Array.from({ length: 79 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    );
    await costs.addCosts(
      days.flatMap(day => [
        { entity: checkout, day, effective: units(10), billed: units(12) },
        { entity: ledger, day, effective: units(1), environment: 'dev' },
      ]),
    );
  });

  const entities = () => EntityStore.create({ database: costs.database });
  const store = () => BudgetStore.create({ database: costs.database });

  async function evaluate(budgets: object[] = []) {
    await BudgetTask.create({
      database: costs.database,
      evaluator: BudgetEvaluator.create({
        database: costs.database,
        entities: entities(),
        statuses: { getStatuses: async () => statuses },
        bindings: costs.bindings,
      }),
      budgets: readBudgets(
        new ConfigReader({ plumbline: { budgets } } as object),
      ),
      logger: mockServices.logger.mock(),
      now: () => now,
    }).evaluate();
  }

  async function all() {
    const stored = await store().list({ readable: undefined, limit: 100 });
    return stored.map(({ budget }) => budget);
  }

  const service = () =>
    DefaultCostService.create({
      database: costs.database,
      entities: entities(),
      statuses: { getStatuses: async () => statuses },
      bindings: costs.bindings,
    });

  it('adds up what was spent, and what will be at the present rate', async () => {
    await costs.addCosts([
      {
        entity: checkout,
        day: '2026-03-01',
        effective: units(90),
        category: 'Purchase',
      },
      {
        entity: checkout,
        day: '2026-03-05',
        effective: units(7),
        currency: 'EUR',
      },
    ]);
    await evaluate([
      { entity: checkout, amount: '500', currency: 'USD' },
      { system: 'shop', amount: 400, currency: 'USD', period: 'quarter' },
      {
        system: 'shop',
        amount: '300',
        currency: 'USD',
        environment: 'dev',
        basis: 'billed',
      },
    ]);
    const of = async (entityRef: string, period = 'month') =>
      (await all()).find(
        budget => budget.entityRef === entityRef && budget.period === period,
      );
    expect(await of(checkout)).toMatchObject({
      // 20 days of 10 and the purchase once; 11 days to come.
      state: 'on-track',
      reason: 'At the present rate $400 of the March budget of $500 is spent.',
      from: '2026-03-01',
      to: '2026-04-01',
      figures: {
        spent: '290',
        dailyRate: '10',
        projected: '400',
        dataThrough: '2026-03-20',
        daysConsidered: 28,
        otherCurrencies: ['EUR'],
      },
    });
    expect(await of(shop, 'quarter')).toMatchObject({
      state: 'over',
      reason:
        'The Q1 2026 budget of $400 was exceeded on 6 Feb: $959 through 20 Mar.',
      figures: { exceededOn: '2026-02-06', members: 2 },
    });
    expect(await of(shop)).toMatchObject({
      environment: 'dev',
      state: 'on-track',
      figures: { spent: '20', projected: '31' },
    });
  });

  it('counts exactly what an owner or a domain has', async () => {
    await costs.addEntities([
      { ref: 'group:default/payments' },
      { ref: 'domain:default/retail' },
    ]);
    await costs.database
      .knex('entity')
      .where({ ref: ledger })
      .update({ domain_ref: 'domain:default/retail' });
    await evaluate([
      { owner: 'payments', amount: '500', currency: 'USD' },
      { domain: 'retail', amount: '50', currency: 'USD' },
    ]);
    const spent = (await all()).map(({ entityRef, figures }) => [
      entityRef,
      figures?.spent,
      figures?.members,
    ]);
    expect(spent.sort()).toEqual([
      ['domain:default/retail', '20', 1],
      ['group:default/payments', '200', 1],
    ]);
  });

  it('does not call a budget kept where all that was spent is in other currencies', async () => {
    await evaluate([{ entity: checkout, amount: '5', currency: 'EUR' }]);
    expect(await all()).toMatchObject([
      {
        state: 'cannot-tell',
        reason:
          'Whether the March budget of €5 is kept cannot be told. All of its costs are in USD, which a budget in EUR does not count.',
        figures: { otherCurrencies: ['USD'] },
      },
    ]);
  });

  it('names the day it will be exceeded, also on the card, and only once it is known', async () => {
    await evaluate([{ entity: checkout, amount: '255', currency: 'USD' }]);
    const reason =
      'At the present rate the March budget of $255 is exceeded on 26 Mar.';
    expect(await all()).toMatchObject([
      { state: 'at-risk', reason, figures: { exceededOn: '2026-03-26' } },
    ]);
    const [entity] = await entities().getByRefs([checkout]);
    const headlines = await service().getHeadlines({ entities: [entity!] });
    expect(headlines.get(ref(checkout))).toMatchObject({
      state: 'needs-attention',
      reason,
    });

    statuses = [freshSource('focus:aws', { state: 'failing' })];
    now = new Date('2026-03-22T06:14:59Z');
    await evaluate([{ entity: checkout, amount: '255', currency: 'USD' }]);
    expect(await all()).toMatchObject([{ state: 'at-risk' }]);
    now = new Date('2026-03-22T06:15:00Z');
    await evaluate([{ entity: checkout, amount: '255', currency: 'USD' }]);
    expect(await all()).toMatchObject([
      {
        state: 'cannot-tell',
        reason:
          'Whether the March budget of $255 is kept cannot be told. The bill could not be read the last time.',
      },
    ]);
  });

  it('is evaluated again when the bill or the budget changes, and forgotten with it', async () => {
    const budget = { entity: checkout, amount: '500', currency: 'USD' };
    await evaluate([budget]);
    const [{ id: before }] = await all();
    await costs.swap('focus:aws', '2026-03');
    await evaluate([budget]);
    expect(await all()).toMatchObject([{ figures: { spent: '0' } }]);
    await evaluate([{ ...budget, amount: '600' }]);
    expect(await all()).toMatchObject([
      { id: before, figures: { amount: '600' } },
    ]);
    await evaluate([{ ...budget, to: '2026-02' }]);
    expect(await all()).toEqual([]);
  });

  it('is evaluated as soon as the catalog has its entity', async () => {
    const budget = {
      entity: 'component:default/late',
      amount: '500',
      currency: 'USD',
    };
    await evaluate([budget]);
    expect(await all()).toEqual([]);
    await costs.addEntities([{ ref: budget.entity }]);
    await evaluate([budget]);
    expect(await all()).toMatchObject([{ entityRef: budget.entity }]);
  });

  it('cannot tell where days are missing or nothing is known', async () => {
    await costs.addEntities([{ ref: 'component:default/new' }]);
    now = new Date('2026-04-01T01:00:00Z');
    await evaluate([
      { entity: checkout, amount: '500', currency: 'USD' },
      { entity: 'component:default/new', amount: '5', currency: 'USD' },
      { entity: 'component:default/gone', amount: '5', currency: 'USD' },
    ]);
    expect(await all()).toMatchObject([
      {
        entityRef: checkout,
        state: 'cannot-tell',
        reason:
          'Whether the April budget of $500 is kept cannot be told. No day of it is complete yet.',
      },
      {
        entityRef: 'component:default/new',
        state: 'cannot-tell',
        reason:
          'Whether the April budget of $5 is kept cannot be told. The bill has no line for it.',
      },
    ]);
  });

  it('takes the monthly budgets of an entity’s own repository, where it is proven', async () => {
    const files = RepositoryFileStore.create({ database: costs.database });
    const figures = {
      [checkout]: {
        budgets: [{ amount: '220', currency: 'USD', name: 'Ours' }],
        unitCosts: [],
      },
      [ledger]: { budgets: [{ amount: '1', currency: 'USD' }], unitCosts: [] },
    };
    await files.put('github.com/acme/shop', {
      assignments: {},
      figures,
      readAt: now,
    });
    await evaluate();
    expect(await all()).toEqual([]);
    const [entity] = await entities().getByRefs([checkout]);
    await costs.database.knex('binding').insert({
      entity_id: entity!.id,
      binding_key: 'x',
      target_kind: 'repository',
      target: JSON.stringify({
        kind: 'repository',
        host: 'github.com',
        repository: 'acme/shop',
        path: 'src',
      }),
      environment_id: await costs.environment('unknown'),
      matched_by: 'repository-file',
      proof: 'proven',
      proof_reason: 'A test says so.',
    });
    await evaluate();
    expect(await all()).toMatchObject([
      {
        entityRef: checkout,
        name: 'Ours',
        origin: 'repository',
        state: 'at-risk',
      },
    ]);
  });

  it('shows no figures of a budget that counts an entity hidden from the caller', async () => {
    await evaluate([
      { system: 'shop', amount: '200', currency: 'USD' },
      { entity: checkout, amount: '100', currency: 'USD' },
      { entity: ledger, amount: '100', currency: 'USD' },
    ]);
    const list = async (
      readable: EntityFilter,
      query: object = {},
      shown = (_ref: string) => true,
    ) =>
      AuthorizedBudgetService.create({
        store: store(),
        entities: entities(),
        authorizer: {
          getRights: async () => ({
            allows: () => true,
            filter: () => readable,
          }),
        } as never,
        names: {
          getVisible: async (refs: string[]) => new Set(refs.filter(shown)),
        } as never,
      }).listBudgets({
        query: { limit: 50, ...query },
        credentials: mockCredentials.user(),
      });

    const everything = await list(undefined);
    expect(
      everything.items.map(({ entityRef, state }) => [entityRef, state]),
    ).toEqual([
      [checkout, 'over'],
      [ledger, 'on-track'],
      [shop, 'over'],
    ]);
    const { items } = await list(ofPayments);
    expect(items).toMatchObject([
      { entityRef: checkout, state: 'over', figures: { spent: '200' } },
      {
        entityRef: shop,
        state: 'cannot-tell',
        reason: 'This budget counts entities that you may not see.',
      },
    ]);
    expect(items[1]).not.toHaveProperty('figures');
    // Nor does a filter tell what is hidden.
    expect(
      (await list(ofPayments, { state: 'over' })).items.map(i => i.entityRef),
    ).toEqual([checkout]);
    expect((await list(ofPayments, { entityRef: ledger })).items).toEqual([]);
    expect(
      (await list(undefined, {}, name => name === ledger)).items,
    ).toHaveLength(1);

    const first = await list(undefined, { limit: 2 });
    expect(first.items).toHaveLength(2);
    const [sha, after] = first.nextCursor!.split('~');
    const rest = await list(undefined, {
      limit: 2,
      after: { id: sha, entityRef: after },
    });
    expect(rest).toEqual({ items: [everything.items[2]] });

    // A cursor names what was shown last, not what was passed over.
    const notLedger = await list(
      undefined,
      { limit: 1 },
      name => name !== ledger,
    );
    expect(notLedger.items).toMatchObject([{ entityRef: checkout }]);
    expect(notLedger.nextCursor).toContain(checkout);
    expect(notLedger.nextCursor).not.toContain(ledger);
    const [id1, ref1] = notLedger.nextCursor!.split('~');
    expect(
      await list(
        undefined,
        { limit: 1, after: { id: id1, entityRef: ref1 } },
        name => name !== ledger,
      ),
    ).toEqual({ items: [everything.items[2]] });

    const shopCosts = await service().getCosts({
      entityRef: ref(shop),
      query: parseCostQuery({ from: '2026-03-01', to: '2026-03-21' }),
      credentials: mockCredentials.user(),
      readable: ofPayments,
    });
    expect(shopCosts.budgets).toEqual([items[1]]);
    expect(shopCosts.budget.state).toBe('cannot-tell');
    const [system] = await entities().getByRefs([shop]);
    const headlines = await service().getHeadlines({
      entities: [system!],
      readable: ofPayments,
    });
    expect(headlines.get(ref(shop))?.state).toBe('ok');
  });
});
