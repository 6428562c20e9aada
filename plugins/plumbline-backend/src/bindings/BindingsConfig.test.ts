import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readBindingsConfig } from './BindingsConfig';
import { RepositoryLocator } from './repositories';

function read(plumbline: JsonObject) {
  const config = new ConfigReader({ plumbline });
  return readBindingsConfig(config, RepositoryLocator.fromConfig(config));
}

describe('readBindingsConfig', () => {
  it('has sensible defaults', () => {
    expect(read({})).toMatchObject({
      schedule: { frequency: { minutes: 5 } },
      ownershipTag: 'plumbline:entity',
      environments: { tagKeys: ['environment', 'env', 'stage'] },
    });
  });

  it('reads accounts whose zeros or case were lost', () => {
    const { environments, map } = read({
      environments: {
        accounts: { '12345678901': 'dev', '/subscriptions/ABC': 'prod' },
      },
      bindings: {
        map: [{ entity: 'Component:Default/A', accounts: ['my-project'] }],
      },
    });
    expect([...environments.accounts]).toEqual([
      ['012345678901', 'dev'],
      ['abc', 'prod'],
    ]);
    expect([...map.accounts]).toEqual([['my-project', 'component:default/a']]);
  });

  it.each([
    [
      {
        bindings: {
          map: [
            { entity: 'component:default/a', resources: ['r'] },
            { entity: 'component:default/b', resources: ['r'] },
          ],
        },
      },
      "plumbline.bindings.map[1].resources gives 'r' to component:default/b, but the map gives it to component:default/a already",
    ],
    [
      { bindings: { centralCatalogs: ['https://unknown.example/a/b'] } },
      'plumbline.bindings.centralCatalogs[0]',
    ],
    [
      {
        bindings: {
          map: [
            {
              entity: 'component:default/a',
              repositories: [
                { url: 'https://github.com/a/b', paths: ['../c'] },
              ],
            },
          ],
        },
      },
      "plumbline.bindings.map[0].repositories[0].paths holds '../c'",
    ],
  ])(
    'refuses what contradicts itself or leads nowhere %#',
    (config, message) => {
      expect(() => read(config)).toThrow(message);
    },
  );
});
