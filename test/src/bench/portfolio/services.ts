import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { BindingStore } from '@plumbline/backstage-plugin-plumbline-backend/src/bindings';
import { readBindingsConfig } from '@plumbline/backstage-plugin-plumbline-backend/src/bindings/BindingsConfig';
import { RepositoryLocator } from '@plumbline/backstage-plugin-plumbline-backend/src/bindings/repositories';
import { CollectionStore } from '@plumbline/backstage-plugin-plumbline-backend/src/collect';
import {
  AuthorizedPortfolioService,
  DefaultPortfolioService,
} from '@plumbline/backstage-plugin-plumbline-backend/src/cost/portfolio';
import type { ParsedPortfolioQuery } from '@plumbline/backstage-plugin-plumbline-backend/src/cost/portfolio';
import type { PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '@plumbline/backstage-plugin-plumbline-backend/src/permissions';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineRules,
} from '@plumbline/backstage-plugin-plumbline-node';
import { TEAMS } from '../overview/fill';
import type { Size } from '../overview/fill';
import { durations, percentile } from '../overview/percentile';

const CALLS = 100;
const WARM_UP = 10;

/** Every so many-th team has the person who looks among its members: they may read a third of all entities. */
const EVERY = 3;

const QUERY: ParsedPortfolioQuery = {
  by: 'owner',
  from: '2025-11',
  to: '2026-11',
  basis: 'effective',
  sort: 'total',
  order: 'desc',
  scope: {},
  limit: 100,
};

const teams = (every: number) =>
  Array.from(
    { length: Math.ceil(TEAMS / every) },
    (_, index) => `group:default/team-${index * every}`,
  );

/** The 95th percentiles of the service calls behind the portfolio, authorisation included, in milliseconds. */
export async function measurePortfolio(
  database: PlumblineDatabase,
  size: Size,
): Promise<{
  byOwner: number;
  byEntity: number;
  everybody: number;
  first: number;
}> {
  const create = (decision: PolicyDecision) =>
    createService(database, size, decision);
  const third = create(
    createPlumblineConditionalDecision(
      plumblineCostReadPermission,
      plumblineConditions.isEntityOwner({ claims: teams(EVERY) }),
    ),
  );
  const all = create({ result: AuthorizeResult.ALLOW });
  const call =
    (service: typeof third, by: ParsedPortfolioQuery['by']) =>
    async (index: number) => {
      const basis = index % 2 === 0 ? 'effective' : 'billed';
      const { entities } = await service.getPortfolio({
        query: { ...QUERY, by, basis },
        credentials: mockCredentials.user(),
      });
      if (entities.counted === 0) {
        throw new Error('The portfolio is empty');
      }
    };
  const [first] = await durations(1, call(third, 'owner'));
  const measure = async (service: typeof third, by: 'owner' | 'entity') => {
    await durations(WARM_UP, call(service, by));
    return percentile(await durations(CALLS, call(service, by)), 0.95);
  };
  return {
    first,
    byOwner: await measure(third, 'owner'),
    byEntity: await measure(third, 'entity'),
    everybody: await measure(all, 'owner'),
  };
}

/** As a back end has it; the permission back end and the catalog answer from memory. */
function createService(
  database: PlumblineDatabase,
  size: Size,
  decision: PolicyDecision,
): AuthorizedPortfolioService {
  const config = new ConfigReader({});
  const auth = mockServices.auth();
  const ruleset = {
    getRuleByName: (name: string) =>
      Object.values(plumblineRules).find(rule => rule.name === name) ??
      plumblineRules.isEntityOwner,
  };
  return AuthorizedPortfolioService.create({
    inner: DefaultPortfolioService.create({
      database,
      statuses: CollectionStore.create({ database, feeds: [] }),
      bindings: BindingStore.create({
        database,
        config: readBindingsConfig(
          config,
          RepositoryLocator.fromConfig(config),
        ),
      }),
    }),
    authorizer: EntityAuthorizer.create({
      auth,
      permissions: {
        authorize: async queries =>
          queries.map(() => ({ result: AuthorizeResult.DENY })),
        authorizeConditional: async queries => queries.map(() => decision),
      },
      ruleset,
    }),
    entities: EntityStore.create({ database }),
    names: CatalogNames.create({
      auth,
      catalog: catalogServiceMock({
        entities: [
          ...teams(1).map(ref => entityOf('Group', ref.split('/')[1])),
          ...Array.from({ length: size.entities }, (_, index) =>
            entityOf('Component', `bench-${index + 1}`),
          ),
        ],
      }),
    }),
  });
}

function entityOf(kind: string, name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
  };
}
