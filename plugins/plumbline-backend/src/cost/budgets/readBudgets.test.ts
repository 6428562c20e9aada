import { ConfigReader } from '@backstage/config';
import { readBudgets } from './readBudgets';

const read = (...budgets: object[]) =>
  readBudgets(new ConfigReader({ plumbline: { budgets } } as object));

const shop = {
  entity: 'Component:default/Shop',
  amount: '1200.50',
  currency: 'USD',
};

it('reads budgets, filled in', () => {
  expect(readBudgets(new ConfigReader({}))).toEqual([]);
  expect(
    read(
      shop,
      { system: 'shop', amount: 900, currency: 'EUR', period: 'quarter' },
      {
        owner: 'payments',
        amount: '1',
        currency: 'USD',
        period: 'year',
        basis: 'billed',
        environment: 'prod',
        name: 'All of it',
        from: '2026-01',
        to: '2026-12',
      },
    ),
  ).toEqual([
    {
      origin: 'config',
      entityRef: 'component:default/shop',
      amount: '1200.50',
      currency: 'USD',
      period: 'month',
      basis: 'effective',
    },
    {
      origin: 'config',
      entityRef: 'system:default/shop',
      amount: '900',
      currency: 'EUR',
      period: 'quarter',
      basis: 'effective',
    },
    {
      origin: 'config',
      entityRef: 'group:default/payments',
      name: 'All of it',
      environment: 'prod',
      amount: '1',
      currency: 'USD',
      period: 'year',
      basis: 'billed',
      fromMonth: '2026-01',
      toMonth: '2026-12',
    },
  ]);
});

it.each<[string, object]>([
  [
    'plumbline.budgets[0] must say whose it is by exactly one of entity, system, domain and owner',
    { ...shop, system: 'shop' },
  ],
  [
    "plumbline.budgets[0].entity is 'shop'; write an entity in full, such as component:default/name",
    { ...shop, entity: 'shop' },
  ],
  [
    "plumbline.budgets[0].entity is 'api:default/shop'; a budget is set there for a component, resource, system, domain or group",
    { ...shop, entity: 'api:default/shop' },
  ],
  [
    "plumbline.budgets[0].owner is 'user:default/a'; a budget is set there for a group",
    { owner: 'user:default/a', amount: '1', currency: 'USD' },
  ],
  [
    "plumbline.budgets[0].amount is '-3'; write a plain decimal number above 0 in quotes, such as '1200' or '99.50'",
    { ...shop, amount: '-3' },
  ],
  ['plumbline.budgets[0].amount', { ...shop, amount: '0.00' }],
  ['plumbline.budgets[0].amount', { ...shop, amount: 1e21 }],
  [
    "plumbline.budgets[0].currency is 'usd'; write the ISO 4217 code of a currency, such as USD",
    { ...shop, currency: 'usd' },
  ],
  [
    "plumbline.budgets[0].period is 'week'; write one of month, quarter, year",
    { ...shop, period: 'week' },
  ],
  [
    "plumbline.budgets[0].from is '2026-13'; write a month as '2026-10', in quotes",
    { ...shop, from: '2026-13' },
  ],
  [
    'plumbline.budgets[0].to is 2026-01, before plumbline.budgets[0].from, 2026-02',
    { ...shop, from: '2026-02', to: '2026-01' },
  ],
])('refuses: %s', (message, budget) => {
  expect(() => read(budget)).toThrow(message);
});

it('refuses two for the same', () => {
  expect(() => read(shop, { ...shop, amount: '5' })).toThrow(
    'plumbline.budgets[1] and plumbline.budgets[0] are budgets for the same; give each a name of its own, or leave one out',
  );
  expect(read(shop, { ...shop, name: 'Another' })).toHaveLength(2);
});
