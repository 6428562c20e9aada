import {
  bindingsPaths,
  budgetsPaths,
  chargesPaths,
  costsPaths,
  coveragePaths,
  overviewPaths,
  statementsPaths,
  portfolioPaths,
  reconcilePaths,
  statusPaths,
} from './paths';
import {
  bindingsSchemas,
  budgetsSchemas,
  chargesSchemas,
  commonSchemas,
  costsSchemas,
  overviewSchemas,
  sharesSchemas,
  statementsSchemas,
  portfolioSchemas,
  reconcileSchemas,
  statusSchemas,
  coverageSchemas,
} from './schemas';

/** Plumbline's HTTP API: requests and answers are validated against it, and it is served as `/openapi.json`. @internal */
export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'plumbline',
    version: '1',
    description: 'What Plumbline knows of each catalog entity',
    license: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    ...overviewPaths,
    ...costsPaths,
    ...chargesPaths,
    ...portfolioPaths,
    ...bindingsPaths,
    ...budgetsPaths,
    ...statementsPaths,
    ...reconcilePaths,
    ...statusPaths,
    ...coveragePaths,
  },
  components: {
    schemas: {
      ...commonSchemas,
      ...overviewSchemas,
      ...costsSchemas,
      ...chargesSchemas,
      ...portfolioSchemas,
      ...bindingsSchemas,
      ...budgetsSchemas,
      ...sharesSchemas,
      ...statementsSchemas,
      ...reconcileSchemas,
      ...statusSchemas,
      ...coverageSchemas,
    },
  },
} as const;
