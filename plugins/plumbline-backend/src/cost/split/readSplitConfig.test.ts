import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSplitConfig } from './readSplitConfig';

const read = (allocation: JsonObject) =>
  readSplitConfig(new ConfigReader({ plumbline: { allocation } }));

const share = (more: JsonObject = {}): JsonObject => ({
  entity: 'Resource:default/shared-nat',
  by: 'fixed',
  consumers: [
    { entity: 'component:default/a', weight: 2 },
    { entity: 'component:default/b', weight: 0.5 },
  ],
  ...more,
});

const split = (more: JsonObject = {}): JsonObject => ({
  name: 'support',
  match: { services: ['AWS Support (Business)'] },
  spread: 'proportional',
  ...more,
});

describe('readSplitConfig', () => {
  it('reads nothing where there is nothing', () => {
    expect(readSplitConfig(new ConfigReader({}))).toEqual({
      acceptFromRepositories: true,
      shares: [],
      splits: [],
    });
  });

  it('reads shares and splits', () => {
    expect(
      read({
        acceptFromRepositories: false,
        shares: [share({ from: '2026-01-01', to: '2026-02-01' })],
        split: [
          split({ within: 'account' }),
          split({
            name: 'nat',
            match: {
              categories: ['Usage'],
              resourceTypes: ['NAT Gateway'],
              accounts: ['123'],
            },
            spread: 'equal',
            consumers: [{ entity: 'component:default/a' }],
          }),
          split({ name: 'waste', match: { commitment: 'Unused' } }),
        ],
      }),
    ).toEqual({
      acceptFromRepositories: false,
      shares: [
        {
          kind: 'share',
          entityRef: 'resource:default/shared-nat',
          by: 'fixed',
          consumers: [
            { entityRef: 'component:default/a', weight: '2' },
            { entityRef: 'component:default/b', weight: '0.5' },
          ],
          origin: { kind: 'operator' },
          from: 20_454,
          to: 20_485,
        },
      ],
      splits: [
        {
          kind: 'split',
          name: 'support',
          match: { services: ['aws support (business)'] },
          spread: 'proportional',
          within: 'account',
        },
        {
          kind: 'split',
          name: 'nat',
          match: {
            categories: ['usage'],
            resourceTypes: ['nat gateway'],
            accounts: ['000000000123'],
          },
          spread: 'equal',
          consumers: [{ entityRef: 'component:default/a', weight: '1' }],
        },
        {
          kind: 'split',
          name: 'waste',
          match: { commitment: 'Unused' },
          spread: 'proportional',
        },
      ],
    });
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      'a sharer that is given a part',
      {
        shares: [
          share({
            entity: 'component:default/c',
            by: 'equal',
            consumers: [{ entity: 'resource:default/shared-nat' }],
          }),
          share(),
        ],
      },
      /cost of component:default\/c: it gives a part to resource:default\/shared-nat/,
    ],
    ['an entity twice', { shares: [share(), share()] }, /shared-nat' twice/],
    [
      'a consumer twice',
      {
        shares: [
          share({
            by: 'equal',
            consumers: [
              { entity: 'component:default/a' },
              { entity: 'Component:default/A' },
            ],
          }),
        ],
      },
      /consumers has 'component:default\/a' twice/,
    ],
    [
      'usage without a metric',
      { shares: [share({ by: 'usage' })] },
      /'metric'/,
    ],
    ['no consumers', { shares: [share({ consumers: [] })] }, /is empty/],
    [
      'a weight of nothing',
      {
        shares: [
          share({ consumers: [{ entity: 'component:default/a', weight: 0 }] }),
        ],
      },
      /weight is '0'/,
    ],
    [
      'weights that do not count',
      { shares: [share({ by: 'equal' })] },
      /counts with 'fixed' only/,
    ],
    [
      'a short reference',
      { shares: [share({ entity: 'shared-nat' })] },
      /in full/,
    ],
    [
      'an end before the beginning',
      { shares: [share({ from: '2026-02-01', to: '2026-02-01' })] },
      /must lie before/,
    ],
    ['no day', { shares: [share({ from: 'May' })] }, /is no day/],
    [
      'another spread',
      { split: [split({ spread: 'fair' })] },
      /one of proportional/,
    ],
    ['nothing to match', { split: [split({ match: {} })] }, /match is empty/],
    [
      'no category',
      { split: [split({ match: { categories: ['Taxes'] } })] },
      /'taxes', which is no ChargeCategory/,
    ],
    [
      'fixed without consumers',
      { split: [split({ spread: 'fixed' })] },
      /must be there/,
    ],
    [
      'a scope for nobody',
      { split: [split({ spread: 'none', within: 'account' })] },
      /'within'/,
    ],
    ['a name twice', { split: [split(), split()] }, /'support' twice/],
  ])('refuses %s', (_, allocation, message) => {
    expect(() => read(allocation)).toThrow(message);
  });
});
