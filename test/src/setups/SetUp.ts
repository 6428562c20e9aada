import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import plumblineBackend from '@plumbline/backstage-plugin-plumbline-backend';
import { PlumblineClient } from '@plumbline/backstage-plugin-plumbline-common';
import knexFactory from 'knex';
import { TaskList } from '../lib/TaskList';

/** A portal as somebody sets it up, with a catalog and a database in memory. Its tasks run when they are told to. */
export class SetUp {
  /** @param options - `files`: what the Git hosts have, by address */
  static async start(options: {
    modules: BackendFeature[];
    config: JsonObject;
    entities: Entity[];
    files?: Record<string, string>;
  }): Promise<SetUp> {
    const { modules, config, entities, files = {} } = options;
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    const tasks = new TaskList();
    const backend = await startTestBackend({
      features: [
        plumblineBackend,
        ...modules,
        catalogServiceMock.factory({ entities }),
        mockServices.rootLogger.factory({ level: 'none' }),
        mockServices.rootConfig.factory({
          data: {
            integrations: { github: [{ host: 'github.com' }] },
            ...config,
          },
        }),
        mockServices.urlReader.mock({
          readUrl: async url => {
            if (files[url] === undefined) {
              throw new NotFoundError(url);
            }
            return { buffer: async () => Buffer.from(files[url]) };
          },
        }).factory,
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
    const port = backend.server.port();
    const client = PlumblineClient.create({
      discoveryApi: {
        getBaseUrl: async id => `http://localhost:${port}/api/${id}`,
      },
      fetchApi: {
        fetch: (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...init?.headers,
              authorization: mockCredentials.user.header(),
            },
          }),
      },
    });
    return new SetUp(client, tasks, async () => {
      await backend.stop();
      await knex.destroy();
    });
  }

  private constructor(
    readonly client: PlumblineClient,
    private readonly tasks: TaskList,
    readonly stop: () => Promise<void>,
  ) {}

  /** Everything that is scheduled, so often that each task has seen what the others did. */
  async runAllTasks(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      for (const { id } of await this.tasks.getScheduledTasks()) {
        await this.tasks.triggerTask(id);
      }
    }
  }
}

/** A component of the catalog, described in a repository of its own. */
export function component(
  name: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': `url:${descriptorOf(name)}`,
        ...annotations,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  };
}

/** Where a component is described. */
export function descriptorOf(name: string): string {
  return `https://github.com/acme/${name}/blob/main/catalog-info.yaml`;
}
