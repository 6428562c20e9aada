import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { GitHosts } from './types';
import { startTestHosts } from './fixtures';

describe("the hosts through Backstage's URL readers", () => {
  let hosts: GitHosts;

  beforeAll(async () => {
    hosts = await startTestHosts();
  });

  afterAll(() => hosts.stop());

  function reader(tokens: { github?: string; gitea?: string } = {}) {
    const hostOf = (url: string) => new URL(url).host;
    return UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: new ConfigReader({
        integrations: {
          github: [
            {
              host: hostOf(hosts.githubUrl),
              apiBaseUrl: `${hosts.githubUrl}/api/v3`,
              rawBaseUrl: `${hosts.githubUrl}/raw`,
              token: tokens.github,
            },
          ],
          gitea: [
            {
              host: hostOf(hosts.giteaUrl),
              baseUrl: hosts.giteaUrl,
              password: tokens.gitea,
            },
          ],
        },
      }),
    });
  }

  async function readText(urlReader: UrlReaderService, url: string) {
    return (await (await urlReader.readUrl(url)).buffer()).toString('utf8');
  }

  describe.each([
    ['with a token', 'bot-token'],
    ['without a token', undefined],
  ])('GitHub %s', (_name, token) => {
    const file = () =>
      `${hosts.githubUrl}/acme/shop/blob/main/services/cart/main.tf`;

    it('reads a file, and says that it did not change', async () => {
      const urlReader = reader({ github: token });
      const first = await urlReader.readUrl(file());
      expect((await first.buffer()).toString('utf8')).toBe(
        'locals {\n  memory = 512\n}\n',
      );
      expect(first.etag).toBeDefined();
      await expect(
        urlReader.readUrl(file(), { etag: first.etag }),
      ).rejects.toMatchObject({ name: 'NotModifiedError' });
    });

    it('reads a folder, and says that it did not change', async () => {
      const urlReader = reader({ github: token });
      const url = `${hosts.githubUrl}/acme/shop/tree/main/services`;
      const tree = await urlReader.readTree(url);
      const files = await tree.files();
      expect(files.map(({ path }) => path).sort()).toEqual([
        'cart/catalog-info.yaml',
        'cart/main.tf',
        'pay/catalog-info.yaml',
      ]);
      await expect(
        urlReader.readTree(url, { etag: tree.etag }),
      ).rejects.toMatchObject({ name: 'NotModifiedError' });
    });

    it('finds files by a pattern', async () => {
      const { files } = await reader({ github: token }).search(
        `${hosts.githubUrl}/acme/shop/blob/main/services/*/catalog-info.yaml`,
      );
      expect(files.map(({ url }) => url).sort()).toEqual([
        `${hosts.githubUrl}/acme/shop/blob/main/services/cart/catalog-info.yaml`,
        `${hosts.githubUrl}/acme/shop/blob/main/services/pay/catalog-info.yaml`,
      ]);
      const contents = await Promise.all(files.map(each => each.content()));
      expect(contents.map(String).sort()).toEqual([
        'kind: Component # cart\n',
        'kind: Component # pay\n',
      ]);
    });

    it('says that a file is not there', async () => {
      await expect(
        readText(
          reader({ github: token }),
          `${hosts.githubUrl}/acme/shop/blob/main/nowhere.yaml`,
        ),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });
  });

  it('reads what is private on GitHub with a token only', async () => {
    const url = `${hosts.githubUrl}/acme/secret/blob/main/README.md`;
    await expect(readText(reader({ github: 'bot-token' }), url)).resolves.toBe(
      'hidden\n',
    );
    await expect(readText(reader(), url)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      readText(reader({ github: 'no-such-token' }), url),
    ).rejects.toThrow('401');
  });

  describe('Gitea', () => {
    it('reads a file', async () => {
      const url = `${hosts.giteaUrl}/parts/printer/src/branch/main/src/main.py`;
      await expect(readText(reader(), url)).resolves.toBe('print("label")\n');
      await expect(readText(reader({ gitea: 'bot-token' }), url)).resolves.toBe(
        'print("label")\n',
      );
      await expect(
        readText(reader({ gitea: 'no-such-token' }), url),
      ).rejects.toThrow('401');
    });

    it('reads a folder, and says that it did not change', async () => {
      const url = `${hosts.giteaUrl}/parts/printer/src/branch/main`;
      const tree = await reader().readTree(`${url}/src`);
      const files = await tree.files();
      expect(files.map(({ path }) => path)).toEqual(['main.py']);
      await expect(
        reader().readTree(url, { etag: tree.etag }),
      ).rejects.toMatchObject({ name: 'NotModifiedError' });
    });

    it('finds one file, or none', async () => {
      const base = `${hosts.giteaUrl}/parts/printer/src/branch/main`;
      const found = await reader().search(`${base}/catalog-info.yaml`);
      expect(found.files).toHaveLength(1);
      const none = await reader().search(`${base}/nowhere.yaml`);
      expect(none.files).toHaveLength(0);
    });
  });
});
