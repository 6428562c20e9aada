import { ConfigReader } from '@backstage/config';
import { readUnitCosts } from './readUnitCosts';

const read = (...unitCosts: object[]) =>
  readUnitCosts(new ConfigReader({ plumbline: { unitCosts } } as object));

it('reads metrics, filled in', () => {
  expect(readUnitCosts(new ConfigReader({}))).toEqual([]);
  expect(
    read(
      { metric: 'http_requests' },
      {
        metric: 'orders',
        label: 'orders placed',
        per: 1,
        entities: ['Component:Shop'],
      },
    ),
  ).toEqual([
    { metric: 'http_requests', label: 'http_requests', per: 1000 },
    {
      metric: 'orders',
      label: 'orders placed',
      per: 1,
      entities: new Set(['component:default/shop']),
    },
  ]);
});

it.each([
  [{}, "plumbline.unitCosts[0].metric is ''"],
  [{ metric: 'my requests' }, "plumbline.unitCosts[0].metric is 'my requests'"],
  [
    { metric: 'x', per: 0 },
    'plumbline.unitCosts[0].per is 0; write a whole number',
  ],
  [
    { metric: 'x', entities: ['shop'] },
    "plumbline.unitCosts[0].entities holds 'shop'; write an entity in full",
  ],
])('refuses %p', (entry, message) => {
  expect(() => read(entry)).toThrow(message);
});
