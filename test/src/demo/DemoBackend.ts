import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type {
  BackendFeature,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import plumblineBackend from '@plumbline/backstage-plugin-plumbline-backend';
import plumblineFocus from '@plumbline/backstage-plugin-plumbline-backend-module-focus';
import { catalogEntities, company } from '@plumbline/demo';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import { TaskList } from '../lib/TaskList';

const URLS = {
  githubUrl: 'http://localhost:7017',
  giteaUrl: 'http://localhost:7018',
};

const PROVIDERS = ['aws', 'azure', 'gcp'];

/**
 * Plumbline over the demo's catalog and its bills, in this process and on a database in memory. Its tasks run when
 * they are told to.
 */
export class DemoBackend {
  /**
   * @param options.directory - an export of `exportBilling`
   * @param options.plumbline - configuration besides exports and environments
   * @param options.permissions - answers who may do what; everyone everything where absent
   */
  static async start(options: {
    directory: string;
    plumbline?: JsonObject;
    permissions?: PermissionsService;
  }): Promise<DemoBackend> {
    const { directory, permissions } = options;
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    const tasks = new TaskList();
    const features: BackendFeature[] = [
      plumblineBackend,
      plumblineFocus,
      catalogServiceMock.factory({
        entities: catalogEntities(URLS).map(withRelations),
      }),
      mockServices.rootConfig.factory({
        data: { plumbline: configuration(directory, options.plumbline) },
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
    ];
    if (permissions) {
      features.push(
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => permissions,
        }),
      );
    }
    const backend = await startTestBackend({ features });
    return new DemoBackend(
      knex,
      tasks,
      `http://localhost:${backend.server.port()}/api/plumbline`,
      () => backend.stop(),
    );
  }

  private constructor(
    readonly knex: Knex,
    readonly tasks: TaskList,
    private readonly url: string,
    private readonly stopBackend: () => Promise<void>,
  ) {}

  /** Reads the catalog and every bill, as the scheduler would. */
  async collect(): Promise<void> {
    await this.tasks.triggerTask('plumbline-bindings');
    for (const name of PROVIDERS) {
      await this.tasks.triggerTask(`plumbline-collect-focus:${name}`);
    }
    await this.tasks.triggerTask('plumbline-bindings');
  }

  /** Asks the HTTP API as a person. */
  async ask(
    userEntityRef: string,
    path: string,
    init: { method?: string; body?: object } = {},
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: mockCredentials.user.header(userEntityRef),
        ...(init.body && { 'content-type': 'application/json' }),
      },
      ...(init.body && { body: JSON.stringify(init.body) }),
    });
  }

  async stop(): Promise<void> {
    await this.stopBackend();
    await this.knex.destroy();
  }
}

/** The relations that a catalog makes of what an entity's own file says. */
function withRelations(entity: Entity): Entity {
  const spec = entity.spec ?? {};
  const named: [type: string, kind: string, names: unknown][] = [
    ['ownedBy', 'group', spec.owner],
    ['partOf', entity.kind === 'System' ? 'domain' : 'system', spec.system],
    ['partOf', 'domain', spec.domain],
    ['dependsOn', 'component', spec.dependsOn],
  ];
  return {
    ...entity,
    relations: named.flatMap(([type, defaultKind, names]) =>
      [names ?? []].flat().map(name => ({
        type,
        targetRef: stringifyEntityRef(
          parseEntityRef(String(name), {
            defaultKind,
            defaultNamespace: 'default',
          }),
        ),
      })),
    ),
  };
}

function configuration(directory: string, more: JsonObject = {}): JsonObject {
  return {
    focus: {
      exports: PROVIDERS.map(name => ({
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
    ...more,
  };
}
