import { ConfigReader } from '@backstage/config';
import { RepositoryLocator } from '../repositories';
import { readStatesConfig } from './StatesConfig';

function read(...states: object[]) {
  const config = new ConfigReader({
    integrations: { github: [{ host: 'github.com' }] },
    plumbline: { bindings: { states } },
  });
  return readStatesConfig(config, RepositoryLocator.fromConfig(config));
}

const url = 'https://github.com/acme/states/blob/main/checkout.tfstate';

describe('readStatesConfig', () => {
  it('reads where a state is, and whose', () => {
    expect(
      read(
        { name: 'a', url, entity: 'component:checkout' },
        {
          name: 'b',
          path: '/states/b.tfstate',
          code: { url: 'https://github.com/acme/infra', path: 'stacks/b/' },
        },
        {
          name: 'c',
          url,
          code: { url: 'https://github.com/acme/infra/tree/main/stacks/c' },
        },
      ),
    ).toEqual([
      {
        name: 'a',
        from: { url },
        of: { entity: 'component:default/checkout' },
      },
      {
        name: 'b',
        from: { path: '/states/b.tfstate' },
        of: { host: 'github.com', repository: 'acme/infra', path: 'stacks/b' },
      },
      {
        name: 'c',
        from: { url },
        of: { host: 'github.com', repository: 'acme/infra', path: 'stacks/c' },
      },
    ]);
    expect(
      readStatesConfig(
        new ConfigReader({}),
        RepositoryLocator.fromConfig(new ConfigReader({})),
      ),
    ).toEqual([]);
  });

  it.each([
    [[{ name: 'a', entity: 'component:x' }], /'url' or 'path'/],
    [
      [{ name: 'a', url, path: '/x', entity: 'component:x' }],
      /'url' or 'path'/,
    ],
    [[{ name: 'a', url }], /'entity' or 'code'/],
    [
      [{ name: 'a', url, code: { url: 'https://other.example/x/y' } }],
      /states\[0\]\.code\.url .*integrations/,
    ],
    [
      [
        {
          name: 'a',
          url,
          code: { url: 'https://github.com/a/b', path: '../x' },
        },
      ],
      /code\.path/,
    ],
    [
      [
        { name: 'a', url, entity: 'component:x' },
        { name: 'a', url, entity: 'component:x' },
      ],
      /states\[1\]\.name/,
    ],
  ])('names the key that is wrong: %#', (states, reason) => {
    expect(() => read(...states)).toThrow(reason);
  });
});
