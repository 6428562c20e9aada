import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  ChargesQuery,
  EntityCharges,
} from '@plumbline/backstage-plugin-plumbline-common';
import { parseChargesQuery } from '../../../api/request';
import {
  emptyDatabase,
  type testDatabases,
} from '../../../collect/__testUtils__/collecting';
import {
  COUNTED_RESOURCE_COST_DAILY,
  ExactDecimal,
  monthOfDay,
  type PlumblineDatabase,
} from '../../../database';
import { EntityStore } from '../../../permissions';
import { EntityCostMaterializer } from '../../materialise';
import {
  ENTITIES,
  KINDS,
  type World,
  type WorldRow,
} from '../../split/__testUtils__/worlds';
import { freshSource, ref } from '../../testUtils';
import { DefaultChargesService } from '../DefaultChargesService';

export const CURRENCIES = ['USD', 'EUR'];
export const SERVICES = ['lambda', 'support'];
export const ENVIRONMENTS = ['unknown', 'prod'];

const GONE = 7;
const ACCOUNTS = [
  ['aws', 'a1'],
  ['aws', 'a2'],
  ['aws', 'a3'],
  ['azure', 'a1'],
];
const credentials = mockCredentials.user();

/** The tables that a world fills. */
const FILLED = [
  'entity_share_daily',
  'entity_share_monthly',
  'bucket_cost',
  'entity_cost_monthly',
  'entity_cost_daily',
  'resource_cost_daily',
  'share_rule',
  'allocation',
];

/** A world of the sharing tests in a database, made into figures, and the service that opens these. */
export class WorldFixture {
  static async create(
    databaseId: Parameters<typeof testDatabases.init>[0],
  ): Promise<WorldFixture> {
    const database = await emptyDatabase(databaseId);
    const { knex } = database;
    const now = new Date(0);
    await knex('environment').insert({ id: 2, name: ENVIRONMENTS[1] });
    await knex('entity').insert(
      Object.entries(ENTITIES).map(([id, entityRef]) => ({
        id: Number(id),
        ref: entityRef,
        kind: 'component',
        first_seen_at: now,
        removed_at: Number(id) === GONE ? now : null,
      })),
    );
    await knex('account').insert(
      ACCOUNTS.map(([provider, nativeId], index) => ({
        id: index + 1,
        provider,
        native_id: nativeId,
      })),
    );
    await knex('resource').insert(
      [1, 2, 3, 4, 5, 6].map(id => ({
        id,
        account_id: id === 6 ? 4 : 1 + (id % 3),
        resource_key: `r${id}`,
        native_id: `r${id}`,
        type: id % 2 ? 'function' : 'nat',
        tags: '{}',
        first_seen_at: now,
        last_seen_at: now,
      })),
    );
    await knex('service').insert(
      SERVICES.map((name, index) => ({ id: index + 1, provider: 'aws', name })),
    );
    await knex('currency').insert(
      CURRENCIES.map((code, index) => ({ id: index + 1, code })),
    );
    await knex('charge_kind').insert(
      [...KINDS].map(([id, { category, ...kind }]) => ({
        id,
        category: categoryName(category),
        ...kind,
      })),
    );
    await knex('source').insert({
      id: 1,
      source_id: 'fake:bill',
      domain: 'cost',
    });
    await knex('cost_partition').insert({
      id: 1,
      source_id: 1,
      month: '2026-01',
    });
    return new WorldFixture(database);
  }

  private constructor(readonly database: PlumblineDatabase) {}

  /** Makes the figures of a world in place of those before. */
  async fill(world: World): Promise<void> {
    const { knex } = this.database;
    for (const table of FILLED) {
      await knex(table).delete();
    }
    const pieces = [...world.allocations].flatMap(([resource, all]) =>
      all.map(piece => ({
        resource_id: resource,
        from_day: piece.fromDay,
        to_day: piece.toDay,
        entity_id: piece.entity,
        environment_id: piece.environment,
        matched_by: piece.restOfAccount ? 'account' : 'arn',
      })),
    );
    const rules = world.rules.map(({ id, fromDay, toDay, rule }) => ({
      id,
      rule_key: `rule ${id}`,
      position: id,
      from_day: fromDay,
      to_day: toDay,
      content: JSON.stringify(rule),
      known_from: new Date(0),
    }));
    await knex.batchInsert('allocation', pieces, 50);
    await knex.batchInsert('share_rule', rules, 50);
    const [{ id: generation }] = await knex('generation')
      .insert({ partition_id: 1, ticket: 'x', created_at: new Date() })
      .returning('id');
    await this.#insertRows(world.rows, generation);
    const days = world.rows.map(({ day }) => day);
    const made = await EntityCostMaterializer.create({
      database: this.database,
      usageWeights: {
        sum: async (_metric, entityIds, from) =>
          new Map(
            Object.entries(world.usage[monthOfDay(from)] ?? {}).flatMap(
              ([id, sum]) =>
                entityIds.includes(Number(id))
                  ? [[Number(id), new ExactDecimal(sum)] as const]
                  : [],
            ),
          ),
      },
    }).materialise({
      partitionId: 1,
      resourceGeneration: generation,
      ticket: 'x',
    });
    await knex('cost_partition').update({
      resource_generation: generation,
      entity_generation: made.generation,
      first_day: Math.min(...days),
      last_day: Math.max(...days),
      fingerprint: 'x',
      published_at: new Date(),
    });
  }

  /** Opens a figure of an entity, or of it and what it depends on; worlds are small enough for one page. */
  async open(
    entity: number,
    query: ChargesQuery,
    dependencies: number[] = [],
  ): Promise<EntityCharges> {
    const service = DefaultChargesService.create({
      database: this.database,
      entities: EntityStore.create({ database: this.database }),
      statuses: { getStatuses: async () => [freshSource('fake:bill')] },
      bindings: { getDependencies: async () => dependencies },
    });
    return service.getCharges({
      entityRef: ref(ENTITIES[entity]),
      query: parseChargesQuery({ ...query, limit: '1000' }),
      credentials,
    });
  }

  async #insertRows(
    rows: readonly WorldRow[],
    generation: number,
  ): Promise<void> {
    const { name, columns, addUp } = COUNTED_RESOURCE_COST_DAILY;
    for (const row of rows) {
      const numbers = [
        generation,
        row.resource,
        row.day,
        row.service,
        row.currency,
        row.chargeKind,
      ].map(value => Int32Array.of(value));
      await this.database.insertColumns(
        name,
        columns,
        [
          ...numbers,
          BigInt64Array.of(row.effective),
          BigInt64Array.of(row.billed),
          Int32Array.of(1),
        ],
        addUp,
      );
    }
  }
}

/** As FOCUS writes it. */
export function categoryName(category: string): string {
  return category[0].toUpperCase() + category.slice(1);
}
