// The layers of docs/architecture.md as lint rules: what each kind of package must not import.
const factory = require('@backstage/cli/config/eslint-factory');

const PLUGIN = '@plumbline/backstage-plugin-plumbline';

const layers = {
  // Pure libraries know no Backstage.
  pure: [
    {
      group: ['@backstage/*', `${PLUGIN}*`],
      message: 'A pure library knows no Backstage.',
    },
  ],
  // Shared types run in the browser and in Node.
  common: [
    {
      group: [
        `${PLUGIN}`,
        `${PLUGIN}-node`,
        `${PLUGIN}-backend*`,
        '@backstage/backend-*',
        'knex',
      ],
      message: 'plumbline-common is shared by browser and server.',
    },
  ],
  // The contracts know no provider and no implementation.
  node: [
    {
      group: [
        `${PLUGIN}`,
        `${PLUGIN}-backend*`,
        '@aws-sdk/*',
        '@octokit/*',
        'knex',
      ],
      message:
        'plumbline-node holds contracts; it knows no provider and no store.',
    },
  ],
  // The back end knows no module and no front end.
  backend: [
    {
      group: [
        `${PLUGIN}`,
        `${PLUGIN}-backend-module-*`,
        '@aws-sdk/*',
        '@octokit/*',
        '@plumbline/demo',
      ],
      message:
        'The back end knows the contracts of plumbline-node, never a provider.',
    },
  ],
  // Modules know the contracts and their provider, never each other, the back end or its database.
  module: [
    {
      group: [
        `${PLUGIN}`,
        `${PLUGIN}-backend`,
        `${PLUGIN}-backend-module-*`,
        '@plumbline/demo',
        'knex',
      ],
      message: 'A module knows plumbline-node and its provider only.',
    },
  ],
  // The front end knows plumbline-common only.
  frontend: [
    {
      group: [
        `${PLUGIN}-node`,
        `${PLUGIN}-backend*`,
        '@backstage/backend-*',
        '@plumbline/demo',
      ],
      message: 'The front end knows plumbline-common only.',
    },
  ],
  // The portal and the tests may know everything.
  top: [],
};

/**
 * The ESLint configuration of a package.
 *
 * @param {string} dir the package's folder
 * @param {keyof typeof layers} layer where the package stands in the house
 */
module.exports = (dir, layer) => {
  const restrictedImportPatterns = layers[layer];
  if (!restrictedImportPatterns) {
    throw new Error(`Unknown layer '${layer}'; one of ${Object.keys(layers)}`);
  }
  // Backstage's factory adds patterns as text; ESLint takes all of them as text or all as objects.
  const config = factory(dir, { restrictedImportPatterns });
  for (const part of [config, ...(config.overrides ?? [])]) {
    const [, options] = part.rules?.['no-restricted-imports'] ?? [];
    if (options?.patterns) {
      options.patterns = options.patterns.map(pattern =>
        typeof pattern === 'string' ? { group: [pattern] } : pattern,
      );
    }
  }
  return config;
};
