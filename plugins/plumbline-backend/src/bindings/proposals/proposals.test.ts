import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  toEntityRef,
  type BindingSuggestion,
} from '@plumbline/backstage-plugin-plumbline-common';
import { CatalogNames } from '../../permissions';
import { RepositoryLocator } from '../repositories';
import type { SuggestionStore } from '../suggestions';
import { CatalogFileReader } from './CatalogFileReader';
import { DefaultProposalService } from './DefaultProposalService';

const root = 'https://github.com/acme/shop/blob/main';
const arn = (name: string) =>
  `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

const describes = (name: string, end = '\n') =>
  `kind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: service${end}`;

interface Described {
  name: string;
  /** Where its description lies. */
  at: string;
}

function setUp(options: {
  described: Described[];
  files: Record<string, string | Error | 'hangs'>;
  suggested: [entity: string, id: string][];
}) {
  const { described, files, suggested } = options;
  const catalog = catalogServiceMock({
    entities: described.map(({ name, at }) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: { 'backstage.io/managed-by-location': at },
      },
    })),
  });
  const locator = RepositoryLocator.fromConfig(
    mockServices.rootConfig({
      data: { integrations: { github: [{ host: 'github.com' }] } },
    }),
  );
  const readUrl = jest.fn(async (url: string) => {
    const content = files[url];
    if (content === 'hangs') {
      return new Promise<never>(() => {});
    }
    if (content === undefined || content instanceof Error) {
      throw content ?? new NotFoundError(url);
    }
    return { buffer: async () => Buffer.from(content) };
  });
  const suggestions = suggested.map(
    ([entity, id], index): BindingSuggestion => ({
      id: String(index + 1),
      resource: { provider: 'AWS', accountId: '111122223333', id },
      entityRef: toEntityRef(`component:default/${entity}`),
      confidence: 'name',
      reason: 'A test says so.',
      ambiguous: false,
      annotation: {
        key: id.startsWith('arn:')
          ? 'aws.amazon.com/arn'
          : 'plumbline.dev/resource-ids',
        value: id,
      },
    }),
  );
  const service = DefaultProposalService.create({
    suggestions: {
      getByIds: async (ids: number[]) =>
        suggestions.filter(({ id }) => ids.includes(Number(id))),
    } as unknown as SuggestionStore,
    names: CatalogNames.create({ catalog, auth: mockServices.auth() }),
    files: CatalogFileReader.create({
      catalog,
      locator,
      logger: mockServices.logger.mock(),
      urlReader: mockServices.urlReader.mock({ readUrl }),
    }),
    deadlineMs: 300,
  });
  const preview = (...ids: number[]) =>
    service.preview({
      suggestionIds: ids,
      credentials: mockCredentials.user(),
    });
  return { preview, readUrl };
}

/** A repository with these files, to which a patch is applied. */
function appliedByGit(files: Record<string, string>, patch: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-patch-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    execFileSync('git', ['init', '-q'], { cwd: folder });
    writeFileSync(path.join(folder, '.git', 'change.patch'), patch);
    execFileSync(
      'git',
      [
        '-c',
        'core.autocrlf=false',
        'apply',
        '--whitespace=nowarn',
        '.git/change.patch',
      ],
      { cwd: folder, stdio: 'pipe' },
    );
    return Object.fromEntries(
      Object.keys(files).map(name => [
        name,
        readFileSync(path.join(folder, name), 'utf8'),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('proposals', () => {
  it('makes one patch a repository, which Git applies', async () => {
    const files = {
      'services/cart/catalog-info.yaml': describes('cart'),
      'all in one.yaml': `${describes('search')}---\n# the ledger\n${describes(
        'ledger',
        '',
      )}`,
      'windows.yaml': describes('billing').replaceAll('\n', '\r\n'),
    };
    const urls = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        `${root}/${encodeURI(name)}`,
        text,
      ]),
    );
    const at = (name: string) => `url:${root}/${encodeURI(name)}`;
    const { preview } = setUp({
      described: [
        { name: 'cart', at: at('services/cart/catalog-info.yaml') },
        { name: 'search', at: at('all in one.yaml') },
        { name: 'ledger', at: at('all in one.yaml') },
        { name: 'billing', at: at('windows.yaml') },
      ],
      files: urls,
      suggested: [
        ['cart', arn('cart-1')],
        ['cart', arn('cart-2')],
        ['cart', '/subscriptions/x/sites/cart'],
        ['ledger', arn('ledger')],
        ['search', arn('search')],
        ['billing', arn('billing')],
      ],
    });
    const { patches, byHand, gone } = await preview(1, 2, 3, 4, 5, 6);
    expect([byHand, gone]).toEqual([[], []]);
    expect(patches).toHaveLength(1);
    expect(patches[0]).toMatchObject({
      host: 'github.com',
      repository: 'acme/shop',
      branch: 'main',
    });
    expect(
      patches[0].files.map(({ path: name, entityRefs, suggestionIds }) => [
        name,
        entityRefs,
        suggestionIds,
      ]),
    ).toEqual([
      [
        'services/cart/catalog-info.yaml',
        ['component:default/cart'],
        ['1', '2', '3'],
      ],
      [
        'all in one.yaml',
        ['component:default/ledger', 'component:default/search'],
        ['4', '5'],
      ],
      ['windows.yaml', ['component:default/billing'], ['6']],
    ]);
    const after = appliedByGit(files, patches[0].patch);
    expect(after['services/cart/catalog-info.yaml']).toBe(
      `kind: Component\nmetadata:\n  name: cart\n  annotations:\n    aws.amazon.com/arn: ${arn(
        'cart-1',
      )},${arn(
        'cart-2',
      )}\n    plumbline.dev/resource-ids: /subscriptions/x/sites/cart\nspec:\n  type: service\n`,
    );
    expect(after['all in one.yaml']).toContain('# the ledger');
    expect(after['all in one.yaml'].endsWith('type: service')).toBe(true);
    expect(after['windows.yaml'].match(/[^\r]\n/)).toBeNull();
    expect(after['windows.yaml']).toContain(arn('billing'));
  });

  it('names entities whose file is left alone, why, and what to add', async () => {
    const { preview, readUrl } = setUp({
      described: [
        {
          name: 'made',
          at: 'url:https://elsewhere.example/x/y/blob/main/a.yaml',
        },
        { name: 'local', at: 'file:/srv/catalog.yaml' },
        { name: 'gone', at: `url:${root}/gone.yaml` },
        { name: 'broken', at: `url:${root}/broken.yaml` },
        { name: 'slow', at: `url:${root}/slow.yaml` },
        { name: 'failing', at: `url:${root}/failing.yaml` },
        { name: 'said', at: `url:${root}/said.yaml` },
        { name: 'shy', at: `url:${root}/shy.yaml` },
      ],
      files: {
        [`${root}/broken.yaml`]: 'kind: [',
        [`${root}/slow.yaml`]: 'hangs',
        [`${root}/failing.yaml`]: new Error('token ghp_hunter2 is bad'),
        [`${root}/said.yaml`]: `${describes('said')}`.replace(
          'spec:',
          `  annotations:\n    aws.amazon.com/arn: ${arn('said')}\nspec:`,
        ),
        [`${root}/shy.yaml`]: `${describes('shy')}---\n${describes('secret')}`,
      },
      suggested: [
        'made',
        'local',
        'gone',
        'broken',
        'slow',
        'failing',
        'said',
        'shy',
        'secret',
      ].map(name => [name, arn(name)]),
    });
    const { patches, byHand, gone } = await preview(
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
      99,
    );
    expect(patches).toEqual([]);
    expect(
      Object.fromEntries(
        byHand.map(({ entityRef, reason }) => [
          entityRef.split('/')[1],
          reason,
        ]),
      ),
    ).toEqual({
      made: expect.stringContaining('not among the integrations'),
      local: expect.stringContaining(
        'not described in a file of a Git repository',
      ),
      gone: 'The file is not there any more.',
      broken: expect.stringContaining('no valid YAML'),
      slow: expect.stringContaining('did not answer within 10 seconds'),
      failing: expect.stringContaining('could not be read (Error)'),
      said: expect.stringContaining('says so already'),
      shy: 'The file also describes what the catalog does not show to you.',
    });
    expect(JSON.stringify(byHand)).not.toContain('hunter2');
    expect(byHand[0].lines).toBe(
      `metadata:\n  annotations:\n    aws.amazon.com/arn: ${arn('made')}\n`,
    );
    // An entity that the catalog hides is answered like a suggestion that is not there.
    expect(gone).toEqual(['9', '99']);
    expect(readUrl.mock.calls.map(([url]) => url)).not.toContainEqual(
      expect.stringContaining('elsewhere'),
    );
  });

  it('refuses one resource for two entities', async () => {
    const { preview } = setUp({
      described: ['a', 'b'].map(name => ({
        name,
        at: `url:${root}/${name}.yaml`,
      })),
      files: {},
      suggested: [
        ['a', arn('x')],
        ['b', arn('x')],
      ],
    });
    await expect(preview(1, 2)).rejects.toThrow(/choose one of them/);
  });
});
