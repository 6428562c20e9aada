import { ConfigReader } from '@backstage/config';
import { RepositoryLocator } from './RepositoryLocator';

describe('RepositoryLocator', () => {
  const locator = RepositoryLocator.fromConfig(
    new ConfigReader({
      integrations: {
        github: [
          {
            host: '127.0.0.1:7081',
            apiBaseUrl: 'http://127.0.0.1:7081/api/v3',
          },
        ],
        gitea: [{ host: 'git.example', baseUrl: 'https://git.example' }],
        gitlab: [
          {
            host: 'lab.example',
            baseUrl: 'https://lab.example',
            apiBaseUrl: 'https://lab.example/api/v4',
          },
        ],
      },
    }),
  );

  it.each([
    [
      'https://github.com/acme/shop/blob/main/a/b.yaml',
      'github.com',
      'acme/shop',
      'main',
      'a/b.yaml',
    ],
    [
      'https://github.com/acme/shop/tree/main/',
      'github.com',
      'acme/shop',
      'main',
      '',
    ],
    [
      'https://github.com/acme/shop.git',
      'github.com',
      'acme/shop',
      undefined,
      '',
    ],
    [
      'http://127.0.0.1:7081/acme/shop/tree/main/a%20b/',
      '127.0.0.1:7081',
      'acme/shop',
      'main',
      'a b',
    ],
    [
      'https://git.example/o/r/src/branch/main/x/c.yaml',
      'git.example',
      'o/r',
      'main',
      'x/c.yaml',
    ],
    [
      'https://lab.example/g/sub/r/-/blob/main/x/c.yaml',
      'lab.example',
      'g/sub/r',
      'main',
      'x/c.yaml',
    ],
    ['https://lab.example/g/sub/r', 'lab.example', 'g/sub/r', undefined, ''],
    [
      'https://bitbucket.org/o/r/src/main/x',
      'bitbucket.org',
      'o/r',
      'main',
      'x',
    ],
    [
      'https://dev.azure.com/o/p/_git/r?path=/x/c.yaml',
      'dev.azure.com',
      'o/p/_git/r',
      'HEAD',
      'x/c.yaml',
    ],
  ])('understands %s', (url, host, repository, ref, path) => {
    expect(locator.locate(url)).toEqual({ host, repository, ref, path });
  });

  it.each([
    ['https://github.com/acme/tool%E2%84%AAit/blob/main/', 'no repository'],
    ['https://github.com/acme/a%0Ab/blob/main/', 'no repository'],
    ['https://github.com.evil.example/a/b', 'not among the integrations'],
    ['https://github.com@evil.example/a/b', 'not among the integrations'],
    ['http://169.254.169.254/latest/meta-data', 'not among the integrations'],
    ['acme/shop', 'no URL'],
    ['https://github.com/acme', 'no repository'],
    ['https://github.com/a/b/blob/main/%2e%2e%2f%2e%2e/c', 'no repository'],
    ['https://github.com/a/b/blob/main/%zz', 'no repository'],
  ])('refuses %s', (url, reason) => {
    expect(locator.locate(url)).toEqual({
      reason: expect.stringContaining(reason),
    });
  });

  it.each(['javascript', 'ftp'])(
    'takes an address that begins with %s for none of a repository',
    protocol => {
      expect(
        locator.locate(
          `${protocol}://github.com/acme/shop/blob/main/a.yaml?%0aalert(1)`,
        ),
      ).toEqual({ reason: expect.stringContaining('This is no URL') });
    },
  );

  it("reads from the default branch, by the protocol that the operator's configuration names", () => {
    const url = (host: string, repository: string) =>
      locator.rootFileUrl({ host, repository }, 'f');
    expect(url('github.com', 'a/b')).toBe('https://github.com/a/b/blob/HEAD/f');
    expect(url('127.0.0.1:7081', 'a/b')).toBe(
      'http://127.0.0.1:7081/a/b/blob/HEAD/f',
    );
    expect(url('git.example', 'a/b')).toBe(
      'https://git.example/a/b/src/branch/HEAD/f',
    );
    expect(url('lab.example', 'a/b/c')).toBe(
      'https://lab.example/a/b/c/-/blob/HEAD/f',
    );
    expect(url('evil.example', 'a/b')).toBeUndefined();
  });
});
