import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../lib/portal';
import { run } from '../lib/run';
import { packAll } from './packages';
import type { PackedPackage } from './packages';
import { readmeLines } from './readme';

/** Where the portal of the test is found. */
export const PORTS = { app: 7118, backend: 7119 };

/** A Component whose function is in the demo company's bill. */
const CATALOG = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payments-api
  annotations:
    aws.com/lambda-function-name: payments-api-prod
spec:
  type: service
  lifecycle: production
  owner: guests
`;

/**
 * Makes a portal with Backstage's own `create-app` and adds Plumbline's packed packages by the lines of the
 * README. Besides, it is fitted to a machine without a compiler, and to ports of its own.
 *
 * @param options.folder - an empty folder, for the portal and all that it needs
 * @param options.billing - a FOCUS export of the demo company
 * @returns the portal's folder, and the environment to start it with
 */
export function createFreshPortal(options: {
  folder: string;
  billing: string;
}): { portal: string; env: NodeJS.ProcessEnv } {
  const { folder, billing } = options;
  const env = withYarn(folder);
  const yarn = (args: string[], cwd: string) => run('yarn', args, { cwd, env });

  const archives = path.join(folder, 'archives');
  mkdirSync(archives);
  const packed = packAll(yarn, archives);

  const portal = path.join(folder, 'portal');
  run(
    process.execPath,
    [
      require.resolve('@backstage/create-app/bin/backstage-create-app'),
      '--skip-install',
      '--path',
      portal,
    ],
    { cwd: folder, env: { ...env, BACKSTAGE_APP_NAME: 'portal' } },
  );
  fitToThisMachine(portal, packed);
  followReadme({ portal, packed, yarn, billing });
  return { portal, env };
}

/** The environment with the `yarn` of this repository on the path, where there may be none. */
function withYarn(folder: string): NodeJS.ProcessEnv {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const script = path.join(bin, 'yarn');
  writeFileSync(
    script,
    `#!/bin/sh\nexec '${process.execPath}' '${path.join(
      root,
      'scripts/run.mjs',
    )}' yarn "$@"\n`,
  );
  chmodSync(script, 0o755);
  return {
    ...process.env,
    PATH: [bin, path.dirname(process.execPath), process.env.PATH].join(
      path.delimiter,
    ),
  };
}

/**
 * What a portal of one's own does not need: no compiler is taken for granted (better-sqlite3 13 comes built), nor
 * Plumbline's packages in a registry. The lock file that `create-app` fetches, so that all of a release fit
 * together, is ours, which pins the same release.
 */
function fitToThisMachine(portal: string, packed: PackedPackage[]) {
  copyFileSync(path.join(root, 'yarn.lock'), path.join(portal, 'yarn.lock'));
  const file = path.join(portal, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const ours = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  writeFileSync(
    file,
    JSON.stringify({
      ...manifest,
      packageManager: ours.packageManager,
      resolutions: {
        ...manifest.resolutions,
        ...ours.resolutions,
        ...releaseVersions(portal),
        ...Object.fromEntries(
          packed.map(({ name, archive }) => [name, `file:${archive}`]),
        ),
      },
    }),
  );
  writeFileSync(
    path.join(portal, '.yarnrc.yml'),
    stringify({
      ...parse(readFileSync(path.join(root, '.yarnrc.yml'), 'utf8')),
      npmMinimalAgeGate: 0,
    }),
  );
}

/**
 * The version of each of Backstage's packages in the release that the portal is of: what its own manifests ask for at
 * least, and for what these need in turn, what our lock file has. Resolved anew, some would be of the next release,
 * which does not fit.
 */
function releaseVersions(portal: string): Record<string, string> {
  const versions: Record<string, string> = {};
  const lock = parse(readFileSync(path.join(root, 'yarn.lock'), 'utf8'));
  for (const { resolution = '', version } of Object.values<
    Record<string, string>
  >(lock)) {
    const name = /^(@backstage\/[^@]+)@npm:/.exec(resolution)?.[1];
    if (name) {
      versions[name] = version;
    }
  }
  for (const folder of ['.', 'packages/app', 'packages/backend']) {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(path.join(portal, folder, 'package.json'), 'utf8'),
    );
    for (const [name, range] of Object.entries<string>({
      ...devDependencies,
      ...dependencies,
    })) {
      if (name.startsWith('@backstage/')) {
        versions[name] = range.replace(/^\^/, '');
      }
    }
  }
  return versions;
}

function followReadme(options: {
  portal: string;
  packed: PackedPackage[];
  yarn: (args: string[], cwd: string) => void;
  billing: string;
}) {
  const { portal, packed, yarn, billing } = options;
  const lines = readmeLines(readFileSync(path.join(root, 'README.md'), 'utf8'));
  const specOf = new Map(
    packed.map(({ name, archive }) => [name, `${name}@file:${archive}`]),
  );
  for (const command of lines.install) {
    const [program, ...args] = command.split(' ');
    if (program !== 'yarn') {
      throw new Error(`The README installs by '${command}', not by Yarn`);
    }
    yarn(
      args.map(arg => specOf.get(arg) ?? arg),
      portal,
    );
  }
  const index = path.join(portal, 'packages/app/src/index.tsx');
  const present = readFileSync(index, 'utf8');
  if (!present.includes(lines.frontEnd.trim())) {
    writeFileSync(index, `${lines.frontEnd}${present}`);
  }
  const backend = path.join(portal, 'packages/backend/src/index.ts');
  writeFileSync(
    backend,
    readFileSync(backend, 'utf8').replace(
      'backend.start();',
      `${lines.backEnd}\nbackend.start();`,
    ),
  );
  cpSync(billing, path.join(portal, 'billing'), { recursive: true });
  writeFileSync(path.join(portal, 'examples/payments.yaml'), CATALOG);
  const configuration = parse(lines.configuration);
  // The README's export lies in S3; this one beside the portal.
  configuration.plumbline.focus.exports = [
    { name: 'aws', path: '../../billing/aws' },
  ];
  appendFileSync(
    path.join(portal, 'app-config.yaml'),
    `\n${stringify(configuration)}`,
  );
  writeFileSync(
    path.join(portal, 'app-config.local.yaml'),
    stringify({
      app: {
        baseUrl: `http://localhost:${PORTS.app}`,
        listen: { host: '127.0.0.1', port: PORTS.app },
      },
      backend: {
        baseUrl: `http://localhost:${PORTS.backend}`,
        listen: { host: '127.0.0.1', port: PORTS.backend },
        cors: { origin: `http://localhost:${PORTS.app}` },
      },
      catalog: {
        locations: [
          { type: 'file', target: '../../examples/entities.yaml' },
          { type: 'file', target: '../../examples/payments.yaml' },
          {
            type: 'file',
            target: '../../examples/org.yaml',
            rules: [{ allow: ['User', 'Group'] }],
          },
        ],
      },
    }),
  );
}
