import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Rights are named after the service, and seldom after the call. */
const SERVICES: Record<string, string> = {
  '@aws-sdk/client-cloudwatch': 'cloudwatch',
  '@aws-sdk/client-cost-explorer': 'ce',
  '@aws-sdk/client-s3': 's3',
};
const NAMED_OTHERWISE: Record<string, string> = {
  's3:ListObjectsV2': 's3:ListBucket',
};
/** What is called on our behalf: a role is taken on, and S3 decrypts. */
const BESIDE = ['kms:Decrypt', 'sts:AssumeRole'];

/** Rights for the calls of a package, by the commands that it imports from the AWS SDK. */
function rightsFor(name: string): string[] {
  const folder = join(ROOT, 'plugins', name, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /^(?!.*(test|testUtils)).*\.ts$/i.test(file))
    .flatMap(file => {
      const code = readFileSync(join(folder, file), 'utf8');
      return [
        ...code.matchAll(/import \{([^}]+)\} from '(@aws-sdk\/client-[^']+)'/g),
      ].flatMap(([, imports, client]) =>
        [...imports.matchAll(/\b(\w+)Command\b/g)].map(([, call]) => {
          const right = `${SERVICES[client] ?? client}:${call}`;
          return NAMED_OTHERWISE[right] ?? right;
        }),
      );
    });
}

/** Rights that the statements of a file give. */
function rightsIn(file: string): string[] {
  return readFileSync(join(ROOT, 'docs/setup', file), 'utf8')
    .split('\n')
    .filter(line => /^\s*(Action:|-|actions\s*=|")/.test(line))
    .flatMap(line => line.match(/\b[a-z0-9]+:[A-Z*][\w*]*/g) ?? []);
}

const sorted = (rights: string[]) => [...new Set(rights)].sort();

it.each(['aws-role.cloudformation.yaml', 'aws-role.tf'])(
  'gives in %s the rights for what is called, and no other',
  file => {
    expect(sorted(rightsIn(file))).toEqual(
      sorted([
        ...BESIDE,
        ...rightsFor('plumbline-backend-module-aws'),
        ...rightsFor('plumbline-backend-module-focus'),
      ]),
    );
  },
);
