import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import plumblineBackend from '@plumbline/backstage-plugin-plumbline-backend';
import plumblineAws from '@plumbline/backstage-plugin-plumbline-backend-module-aws';
import type { CostExplorerEndpoint } from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';
import {
  ANNOTATIONS,
  type PlumblineStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import knexFactory from 'knex';
import { TaskList } from './TaskList';

/** Accounts of `aws.accounts`, each the name of an entry of `plumbline.costExplorer` too. */
export interface CostExplorerEntry {
  name: string;
  accountId: string;
  /** Of the credentials, by which the endpoint knows who asks. */
  accessKeyId: string;
  linkedAccounts?: string[];
  paidCallsPerDay?: number;
}

/** A back end with the AWS module, and a catalog and a database in memory. Its tasks run when they are told to. */
export class CostExplorerPortal {
  /** @param services - names of components, each with what carries its name as the tag `service` */
  static async start(options: {
    endpoint: CostExplorerEndpoint;
    entries: CostExplorerEntry[];
    services: string[];
    /** Of `plumbline`, beside Cost Explorer. */
    plumbline?: object;
  }): Promise<CostExplorerPortal> {
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
        plumblineAws,
        catalogServiceMock.factory({
          entities: options.services.map(entityOf),
        }),
        mockServices.rootLogger.factory({ level: 'none' }),
        mockServices.rootConfig.factory({
          data: configOf(options),
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
    const portal = new CostExplorerPortal(
      `http://localhost:${backend.server.port()}/api/plumbline`,
      tasks,
      async () => {
        await backend.stop();
        await knex.destroy();
      },
    );
    await tasks.triggerTask('plumbline-bindings');
    return portal;
  }

  private constructor(
    private readonly url: string,
    private readonly tasks: TaskList,
    readonly stop: () => Promise<void>,
  ) {}

  /** What the schedule would do. */
  async collect(entry: string): Promise<void> {
    await this.collectSource(`cost-explorer:${entry}`);
  }

  /** The same for a source of any kind. */
  async collectSource(id: string): Promise<void> {
    await this.tasks.triggerTask(`plumbline-collect-${id}`);
  }

  /** Everything that is scheduled, once. */
  async runAllTasks(): Promise<void> {
    for (const { id } of await this.tasks.getScheduledTasks()) {
      await this.tasks.triggerTask(id);
    }
  }

  async get(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      headers: { authorization: mockCredentials.user.header() },
    });
  }

  async sources(): Promise<Record<string, PlumblineStatus['sources'][number]>> {
    const response = await this.get('/v1/status');
    const { sources }: PlumblineStatus = await response.json();
    return Object.fromEntries(sources.map(source => [source.id, source]));
  }

  /** What an entity costs, by month. */
  async costs(
    service: string,
    from: string,
    to: string,
  ): Promise<{ total: string; dataThrough?: string }> {
    const response = await this.get(
      `/v1/entities/component/default/${service}/costs?from=${from}&to=${to}`,
    );
    const { currencies, freshness } = await response.json();
    return {
      total: currencies.map((item: { total: string }) => item.total).join(),
      dataThrough: freshness?.dataThrough,
    };
  }
}

function entityOf(service: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: service,
      annotations: { [ANNOTATIONS.costInsightsTags]: `service=${service}` },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team' },
  };
}

function configOf({
  endpoint,
  entries,
  plumbline,
}: {
  endpoint: CostExplorerEndpoint;
  entries: CostExplorerEntry[];
  plumbline?: object;
}) {
  return {
    aws: {
      accounts: entries.map(({ accountId, accessKeyId }) => ({
        accountId,
        accessKeyId,
        secretAccessKey: 'secret',
      })),
    },
    plumbline: {
      ...plumbline,
      costExplorer: entries.map(({ accessKeyId: _, ...entry }) => ({
        ...entry,
        endpoint: endpoint.url,
        detailBy: { tag: 'service' },
      })),
    },
  };
}
