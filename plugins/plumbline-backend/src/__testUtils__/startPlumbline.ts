import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createPlumblineConditionalDecision,
  plumblineConditions,
  plumblineSourcesExtensionPoint,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { CostSource } from '@plumbline/backstage-plugin-plumbline-node';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import { TestCosts, units } from '../cost/testUtils';
import { plumblinePlugin } from '../plugin';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** A cost source that collects nothing. */
export const bill: CostSource = {
  id: 'focus:aws',
  title: 'The AWS bill',
  schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
  paidCallsPerDay: 0,
  restatedMonths: 1,
  async *collect() {},
};

/** Sets up sources in the back end. */
export const sourceModule = (...sources: CostSource[]) =>
  createBackendModule({
    pluginId: 'plumbline',
    moduleId: 'test-source',
    register(reg) {
      reg.registerInit({
        deps: { sources: plumblineSourcesExtensionPoint },
        async init({ sources: point }) {
          sources.forEach(source => point.addCostSource(source));
        },
      });
    },
  });

/** Yes for what the group payments owns. */
export const ownedByPayments: PolicyDecision =
  createPlumblineConditionalDecision(
    plumblineCostReadPermission,
    plumblineConditions.isEntityOwner({ claims: ['group:default/payments'] }),
  );
export const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
export const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** Where the components of the test catalog are. */
export const path = '/api/plumbline/v1/entities/component/default';
export const window = 'from=2026-03-01&to=2026-03-21';

/**
 * Starts a back end whose shop has three components with costs.
 *
 * @param decide - the answer of the permission policy
 * @param visible - the components that the catalog shows
 * @param shop - whether the catalog shows their system
 */
export async function startPlumbline(
  decide: (permission: string) => PolicyDecision,
  visible: string[] = ['checkout', 'ledger', 'foreign'],
  shop = true,
) {
  const knex = await databases.init('SQLITE_3');
  const costs = await TestCosts.create(knex);
  await costs.addEntities([
    {
      ref: 'component:default/checkout',
      owner: 'group:default/payments',
      system: 'system:default/shop',
      dependsOn: ['component:default/ledger'],
    },
    {
      ref: 'component:default/ledger',
      owner: 'group:default/payments',
      system: 'system:default/shop',
    },
    {
      ref: 'component:default/foreign',
      owner: 'group:default/other',
      system: 'system:default/shop',
    },
    { ref: 'system:default/shop', owner: 'group:default/payments' },
  ]);
  await costs.addSources([
    { id: 'focus:aws', from: '2026-01-01', through: '2026-03-20' },
  ]);
  await costs.addCosts(
    ['checkout', 'ledger', 'foreign'].map((name, index) => ({
      entity: `component:default/${name}`,
      day: '2026-03-19',
      effective: units(10 ** index),
    })),
  );
  await costs.addResource({
    id: 'arn:aws:lambda:eu-west-1:111122223333:function:checkout',
    entity: 'component:default/checkout',
    costs: { '2026-03-19': units(1) },
  });
  const { server, auditor } = await startPlumblineOn(knex, decide, [
    ...visible.map(name => `Component/${name}`),
    ...(shop ? ['System/shop'] : []),
  ]);
  return { server, costs, auditor };
}

/**
 * Starts a back end over a database that is filled already.
 *
 * @param decide - the answer of the permission policy
 * @param visible - what the catalog shows, as `Kind/name`
 * @param config - the `plumbline` section
 */
export async function startPlumblineOn(
  knex: Knex,
  decide: (permission: string) => PolicyDecision,
  visible: readonly string[],
  config: JsonObject = {},
) {
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    })),
  });
  const { server } = await startTestBackend({
    features: [
      plumblinePlugin,
      sourceModule(bill),
      catalogServiceMock.factory({
        entities: visible
          .map(text => text.split('/'))
          .map(([kind, name]) => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind,
            metadata: { name },
          })),
      }),
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({ data: { plumbline: config } }),
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      mockServices.permissions.mock({
        authorize: async queries =>
          queries.map(({ permission }) => {
            const { result } = decide(permission.name);
            return {
              result:
                result === AuthorizeResult.ALLOW
                  ? AuthorizeResult.ALLOW
                  : AuthorizeResult.DENY,
            };
          }),
        authorizeConditional: async queries =>
          queries.map(({ permission }) => decide(permission.name)),
      }).factory,
      auditor.factory,
    ],
  });
  return { server, auditor };
}
