import { createHash } from 'node:crypto';
import type {
  SchedulerServiceTaskFunction,
  UrlReaderServiceReadUrlOptions,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  toEntityRef,
  type Binding,
  type EntityBindings,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { JsonObject } from '@backstage/types';
import {
  applyMigrations,
  dayOfInstant,
  PlumblineDatabase,
} from '../../database';
import { createBindings, type Bindings } from '../createBindings';

export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
});

/** The ARN of a Lambda function. */
export const lambda = (
  name: string,
  account = '111111111111',
  region = 'eu-west-1',
) => `arn:aws:lambda:${region}:${account}:function:${name}`;

/** One row of the allocation, with names for ids. */
export interface Allocated {
  resource: string;
  entity: string;
  environment: string;
  matchedBy: string;
  from: number;
  to: number;
}

export interface ResourceSpec {
  id: string;
  provider?: string;
  account?: string;
  tags?: Record<string, string>;
}

/** A catalog, a bill and repositories to try bindings on; time stands still until it is told otherwise. */
export class BindingsFixture {
  entities: Entity[] = [];
  /** Content of `.plumbline.yaml` by URL; an Error is thrown. */
  files = new Map<string, string | Error>();
  readonly readUrl = jest.fn(
    async (url: string, options?: UrlReaderServiceReadUrlOptions) => {
      const content = this.files.get(url);
      if (content === undefined) {
        throw new NotFoundError(url);
      }
      if (content instanceof Error) {
        throw content;
      }
      const etag = createHash('sha256').update(content).digest('hex');
      if (options?.etag === etag) {
        throw new NotModifiedError();
      }
      return { etag, buffer: async () => Buffer.from(content) };
    },
  );
  readonly queryEntities = jest.fn(
    catalogServiceMock.mock().queryEntities.getMockImplementation(),
  );
  now = new Date('2026-03-10T12:00:00Z');
  readonly #tasks = new Map<string, SchedulerServiceTaskFunction>();

  static async create(
    databaseId: TestDatabaseId,
    plumbline: JsonObject = {},
  ): Promise<BindingsFixture> {
    const knex = await databases.init(databaseId);
    await applyMigrations(knex);
    const fixture = new BindingsFixture(PlumblineDatabase.fromKnex(knex));
    await fixture.restart(plumbline);
    return fixture;
  }

  bindings!: Bindings;

  private constructor(readonly database: PlumblineDatabase) {
    this.queryEntities.mockImplementation((request, options) =>
      catalogServiceMock({ entities: this.entities }).queryEntities(
        request,
        options,
      ),
    );
  }

  /** Starts the plugin's part anew on the same database. */
  async restart(plumbline: JsonObject) {
    this.bindings = createBindings({
      config: mockServices.rootConfig({
        data: {
          plumbline,
          integrations: {
            github: [
              { host: 'github.com', apiBaseUrl: 'https://api.github.com' },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
      database: this.database,
      catalog: catalogServiceMock.mock({ queryEntities: this.queryEntities }),
      auth: mockServices.auth(),
      urlReader: mockServices.urlReader.mock({ readUrl: this.readUrl }),
      now: () => this.now,
      settling: { intervalMs: 0, limitMs: 2_000 },
    });
    await this.bindings.start(
      mockServices.scheduler.mock({
        scheduleTask: async task => {
          this.#tasks.set(task.id, task.fn);
        },
      }),
    );
  }

  /** One scheduled pass. */
  async pass(signal = new AbortController().signal): Promise<void> {
    await this.#tasks.get('plumbline-bindings')?.(signal);
  }

  /** Compares what nobody claims with the catalog, as scheduled. */
  async compare(signal = new AbortController().signal): Promise<void> {
    await this.#tasks.get('plumbline-suggestions')?.(signal);
  }

  nextDay() {
    this.now = new Date(this.now.getTime() + 86_400_000);
  }

  get today(): number {
    return dayOfInstant(this.now);
  }

  /** Puts resources on the bill, or gives them other tags. */
  async bill(...resources: ResourceSpec[]): Promise<void> {
    const { knex } = this.database;
    for (const {
      id,
      provider = 'AWS',
      account = '111111111111',
      tags = {},
    } of resources) {
      const key = { provider, native_id: account };
      await knex('account')
        .insert(key)
        .onConflict(['provider', 'native_id'])
        .ignore();
      const { id: accountId } = await knex('account').where(key).first('id');
      await knex('resource')
        .insert({
          account_id: accountId,
          resource_key: createHash('sha256')
            .update(`${provider} ${id || account}`)
            .digest('hex'),
          native_id: id,
          tags: JSON.stringify(tags),
          first_seen_at: this.now,
          last_seen_at: this.now,
        })
        .onConflict('resource_key')
        .merge(['tags']);
    }
  }

  async allocation(): Promise<Allocated[]> {
    return this.database
      .knex('allocation as a')
      .join('resource as r', 'r.id', 'a.resource_id')
      .join('entity as e', 'e.id', 'a.entity_id')
      .join('environment as v', 'v.id', 'a.environment_id')
      .orderBy(['a.resource_id', 'a.from_day'])
      .select(
        'r.native_id as resource',
        'e.ref as entity',
        'v.name as environment',
        'a.matched_by as matchedBy',
        'a.from_day as from',
        'a.to_day as to',
      );
  }

  /** Who has each resource now. */
  async owners(): Promise<Record<string, string>> {
    const rows = await this.allocation();
    return Object.fromEntries(
      rows
        .filter(({ to }) => to === 2_147_483_647)
        .map(row => [row.resource, row.entity]),
    );
  }

  async of(ref: string): Promise<EntityBindings> {
    const found = await this.bindings.store.getBindings(toEntityRef(ref), {
      limit: 100,
    });
    if (!found) {
      throw new NotFoundError(ref);
    }
    return found;
  }

  /** The one binding of an entity to a resource id or a repository. */
  async binding(ref: string, target: string): Promise<Binding> {
    const { bindings } = await this.of(ref);
    const found = bindings.filter(
      binding =>
        (binding.target.kind === 'resource'
          ? binding.target.id
          : `${binding.target.repository}:${binding.target.path}`) === target,
    );
    if (found.length !== 1) {
      throw new Error(
        `${ref} has ${found.length} bindings to '${target}' instead of one`,
      );
    }
    return found[0];
  }
}

/** An entity of the catalog; its etag follows from what it says. */
export function entity(
  ref: string,
  annotations: Record<string, string> = {},
  relations: Record<string, string | string[]> = {},
): Entity {
  const [kind, name] = ref.split(':');
  const content = {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    relations: Object.entries({ ownedBy: 'group:default/team', ...relations })
      .flatMap(([type, targets]) =>
        [targets].flat().map(targetRef => ({ type, targetRef })),
      )
      .filter(({ targetRef }) => targetRef),
  };
  const metadata = { namespace: 'default', name, annotations };
  return {
    ...content,
    metadata: {
      ...metadata,
      etag: createHash('sha256')
        .update(JSON.stringify([content, metadata]))
        .digest('hex'),
    },
  };
}

/** The annotations that the catalog writes on an entity read from a file. */
export function readFrom(url: string, source?: string): Record<string, string> {
  return {
    'backstage.io/managed-by-location': `url:${url}`,
    'backstage.io/managed-by-origin-location': `url:${url}`,
    'backstage.io/source-location': `url:${
      source ?? `${url.replace('/blob/', '/tree/').replace(/[^/]*$/, '')}`
    }`,
  };
}
