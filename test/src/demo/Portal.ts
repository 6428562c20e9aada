import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import plumblineBackend from '@plumbline/backstage-plugin-plumbline-backend';
import plumblineFocus from '@plumbline/backstage-plugin-plumbline-backend-module-focus';
import { catalogEntities, company } from '@plumbline/demo';
import knexFactory from 'knex';
import { TaskList } from '../conformance/focus/TaskList';

/** What Plumbline found out about one billed resource. */
export interface FoundResource {
  id: string;
  account: string;
  entity: string | null;
  environment: string | null;
  matchedBy: string | null;
  proof: string | null;
}

const URLS = {
  githubUrl: 'http://localhost:7017',
  giteaUrl: 'http://localhost:7018',
};

/**
 * Lets Plumbline import the demo's bills beside the demo's catalog, as the demo portal does, and reads who got
 * what.
 *
 * @param directory - an export of {@link exportBilling}
 */
export async function importDemo(directory: string): Promise<FoundResource[]> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const tasks = new TaskList();
  const providers = ['aws', 'azure', 'gcp'];
  const backend = await startTestBackend({
    features: [
      plumblineBackend,
      plumblineFocus,
      catalogServiceMock.factory({ entities: catalogEntities(URLS) }),
      mockServices.rootConfig.factory({
        data: {
          plumbline: {
            focus: {
              exports: providers.map(name => ({
                name,
                path: `${directory}/${name}`,
              })),
            },
            environments: {
              accounts: Object.fromEntries(
                company.accounts.flatMap(({ id, environment }) =>
                  environment ? [[id, environment]] : [],
                ),
              ),
            },
          },
        },
      }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => tasks,
      }),
    ],
  });
  try {
    await tasks.triggerTask('plumbline-bindings');
    for (const name of providers) {
      await tasks.triggerTask(`plumbline-collect-focus:${name}`);
    }
    await tasks.triggerTask('plumbline-bindings');
    return await knex('resource as r')
      .join('account as c', 'c.id', 'r.account_id')
      .leftJoin('allocation as a', 'a.resource_id', 'r.id')
      .leftJoin('entity as e', 'e.id', 'a.entity_id')
      .leftJoin('environment as v', 'v.id', 'a.environment_id')
      .leftJoin('binding as b', join =>
        join
          .on('b.resource_id', 'r.id')
          .on('b.entity_id', 'a.entity_id')
          .onNull('b.valid_to'),
      )
      .whereNot('r.native_id', '')
      .select(
        'r.native_id as id',
        'c.native_id as account',
        'e.ref as entity',
        'v.name as environment',
        'a.matched_by as matchedBy',
        'b.proof as proof',
      );
  } finally {
    await backend.stop();
    await knex.destroy();
  }
}
