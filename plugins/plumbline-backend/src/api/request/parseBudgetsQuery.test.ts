import { parseBudgetsQuery } from './parseBudgetsQuery';

const id = 'a'.repeat(64);

it('fills in what is not said', () => {
  expect(parseBudgetsQuery({})).toEqual({ limit: 50 });
  expect(
    parseBudgetsQuery({
      entityRef: 'System:Shop',
      state: 'over',
      cursor: `${id}~component:default/shop`,
      limit: '200',
    }),
  ).toEqual({
    entityRef: 'system:default/shop',
    state: 'over',
    after: { id, entityRef: 'component:default/shop' },
    limit: 200,
  });
});

it.each([
  [{ limit: '0' }, "'limit' must be from 1 to 200"],
  [{ limit: '1.5' }, "'limit' must be from 1 to 200"],
  [{ entityRef: 'shop' }, 'is not an entity reference'],
  [{ cursor: 'x' }, "'cursor' is none of this list"],
])('refuses %p', (query, message) => {
  expect(() => parseBudgetsQuery(query)).toThrow(message);
});
