import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { CloudResource, company } from '../company';
import { companyRepositories } from './companyRepositories';

const run = promisify(execFile);

const options = {
  urls: {
    githubUrl: 'http://localhost:7017',
    giteaUrl: 'http://localhost:7018',
  },
  endDate: '2026-06-30',
};

const repositories = companyRepositories(options);

function finalFiles(name: string): Record<string, string> {
  const repository = repositories.find(each => each.name === name);
  const files: Record<string, string> = {};
  for (const commit of repository?.commits ?? []) {
    for (const [path, content] of Object.entries(commit.files)) {
      if (content === undefined) {
        delete files[path];
      } else {
        files[path] = content;
      }
    }
  }
  return files;
}

const all = new Map(
  repositories.map(({ name }) => [name, finalFiles(name)] as const),
);

function fileOf(repository: string, path: string): string {
  return all.get(repository)?.[path] ?? '';
}

/** The text of the block that declares a resource, or undefined. */
function blockOf({ declaredIn }: CloudResource): string | undefined {
  if (!declaredIn) {
    return undefined;
  }
  const { repository, path, engine, address } = declaredIn;
  const text = fileOf(repository, path);
  const [type, name] = address.split('.');
  const block =
    engine === 'terraform'
      ? new RegExp(`^resource "${type}" "${name}" \\{\\n[^]*?^\\}$`, 'm')
      : new RegExp(`^  ${address}:\\n(?:    .*\\n|\\n(?=    ))*`, 'm');
  return block.exec(text)?.[0];
}

const declared = company.resources.filter(({ declaredIn }) => declaredIn);

const terraformFiles = [...all].flatMap(([name, files]) =>
  Object.entries(files)
    .filter(([path]) => /\.tf(vars)?$/.test(path))
    .map(([path, text]) => ({ path: join(name, path), text })),
);

describe('the code of the company', () => {
  it('has every repository of the company', () => {
    expect(repositories.map(({ owner, name }) => `${owner}/${name}`)).toEqual(
      company.repositories.map(({ owner, name }) => `${owner}/${name}`),
    );
  });

  it('declares every resource where the company says, once', () => {
    expect(declared.length).toBeGreaterThan(100);
    const missing = declared.filter(resource => !blockOf(resource));
    expect(missing.map(({ id, declaredIn }) => [id, declaredIn])).toEqual([]);
  });

  it('gives every resource its name and its proof', () => {
    for (const resource of declared) {
      const block = blockOf(resource) ?? '';
      const stem = resource.environment
        ? resource.name.replace(new RegExp(`-${resource.environment}$`), '')
        : resource.name;
      // A log group in a template is named after its function.
      const isSamLogGroup =
        resource.declaredIn?.engine === 'sam' &&
        resource.configuration.kind === 'log-group';
      expect(isSamLogGroup ? stem : block).toContain(stem);
      const tag = resource.tags['plumbline:entity'];
      expect(block.includes('plumbline:entity')).toBe(tag !== undefined);
      expect(block).toContain(tag ?? '');
    }
  });

  it('says what the company says of memory, capacity and retention', () => {
    const expected = (resource: CloudResource) => {
      const { configuration } = resource;
      switch (configuration.kind) {
        case 'lambda-function':
          return configuration.memoryMb;
        case 'log-group':
          return configuration.retentionDays;
        case 'sqs-queue':
          return configuration.visibilityTimeoutSeconds;
        case 'dynamodb-table':
          return configuration.readCapacity;
        default:
          return undefined;
      }
    };
    for (const resource of declared) {
      const value = expected(resource);
      const { repository = '', path = '' } = resource.declaredIn ?? {};
      // Memory may stand in a variable, a local or a default beside the block.
      const folder = path.replace(/[^/]*$/, '');
      const texts = Object.entries(all.get(repository) ?? {})
        .filter(([each]) => each.startsWith(folder))
        .map(([, text]) => text)
        .join('\n');
      // 128 MB is what a function has that says nothing.
      const said =
        value === undefined ||
        value === 128 ||
        new RegExp(`\\b${value}\\b`).test(texts);
      expect([resource.id, said]).toEqual([resource.id, true]);
    }
  });

  it('has YAML that parses', () => {
    const failures: string[] = [];
    let count = 0;
    for (const [name, files] of all) {
      for (const [path, text] of Object.entries(files)) {
        if (/\.ya?ml$/.test(path)) {
          count += 1;
          for (const document of parseAllDocuments(text, {
            customTags: ['Ref', 'Sub', 'GetAtt'].map(tag => ({
              tag: `!${tag}`,
              resolve: (value: string) => value,
            })),
          })) {
            failures.push(
              ...[...document.errors, ...document.warnings].map(
                ({ message }) => `${name}/${path}: ${message}`,
              ),
            );
          }
        }
      }
    }
    expect(count).toBeGreaterThan(60);
    expect(failures).toEqual([]);
  });

  it('has Terraform code without blanks at the ends of lines', () => {
    const untidy = terraformFiles.filter(({ text }) => /[ \t]$/m.test(text));
    expect(untidy.map(({ path }) => path)).toEqual([]);
  });

  it('has the commits that scenarios tell of, on their days', () => {
    const commits = repositories.flatMap(({ name, commits: each }) =>
      each.slice(4).map(({ date, message, files }) => ({
        name,
        day: date.slice(0, 10),
        message,
        paths: Object.keys(files),
      })),
    );
    expect(commits).toEqual([
      {
        name: 'shop',
        day: '2026-05-06',
        message: 'Log more while we hunt the ranking bug',
        paths: ['services/product-search/infra/main.tf'],
      },
      {
        name: 'infrastructure',
        day: '2026-06-01',
        message: 'Tidy up route tables',
        paths: ['stacks/network/main.tf'],
      },
      {
        name: 'payments-api',
        day: '2026-05-24',
        message:
          'Give the function more memory, the latency alarm keeps ringing',
        paths: ['template.yaml'],
      },
    ]);
    expect(fileOf('shop', 'services/product-search/infra/main.tf')).toContain(
      'LOG_LEVEL = "debug"',
    );
    expect(fileOf('payments-api', 'template.yaml')).toContain(
      'MemorySize: 1024',
    );
    expect(fileOf('infrastructure', 'stacks/network/main.tf')).not.toContain(
      's3_private',
    );
  });

  it('has commits in the order of time', () => {
    for (const { commits } of repositories) {
      const dates = commits.map(({ date }) => date);
      expect(dates).toEqual([...dates].sort());
    }
  });
});

const describeWithTerraform =
  spawnSync('terraform', ['version']).status === 0 ? describe : describe.skip;

describeWithTerraform('the Terraform code under `terraform fmt`', () => {
  it('is left alone', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'company-code-'));
    try {
      for (const { path, text } of terraformFiles) {
        const file = join(dir, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
      // Rejects when a file would change or does not parse.
      const fmt = run('terraform', ['fmt', '-check', '-recursive', dir]);
      await expect(fmt).resolves.toMatchObject({ stdout: '' });
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
