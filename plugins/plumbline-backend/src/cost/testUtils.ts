import type {
  SourceStatus,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { ConfigReader } from '@backstage/config';
import { BindingStore } from '../bindings';
import { readBindingsConfig } from '../bindings/BindingsConfig';
import { RepositoryLocator } from '../bindings/repositories';
import {
  applyMigrations,
  dayFromText,
  monthOfDay,
  PlumblineDatabase,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
} from '../database';
import type { Knex } from 'knex';

/** One day's cost of an entity, in nanos. */
export interface TestCost {
  entity: string;
  day: string;
  effective: bigint;
  billed?: bigint;
  environment?: string;
  service?: string;
  currency?: string;
  category?: string;
  correction?: boolean;
  commitment?: 'Used' | 'Unused';
  source?: string;
}

/** An entity of the test catalog. */
export interface TestEntity {
  ref: string;
  owner?: string;
  system?: string;
  domain?: string;
  dependsOn?: string[];
}

/** A source whose data is complete, from a first day on. */
export interface TestSource {
  id: string;
  from: string;
  through: string;
  /** The first day with usage, where other charges come before it. */
  firstUsage?: string;
  /** Months that could not be read. */
  without?: string[];
  /** Months whose days were forgotten: only their sums are left. */
  summed?: string[];
  /** Months with fees alone, no usage. */
  feesOnly?: string[];
  retired?: boolean;
}

/** Whole units of a currency as nanos. */
export const units = (count: number | bigint) => BigInt(count) * 1_000_000_000n;

/**
 * A small database with costs, written straight into its tables.
 */
export class TestCosts {
  readonly #keys = new Map<string, number>([
    ['entity plumbline:unallocated', UNALLOCATED_ENTITY_ID],
    ['entity plumbline:shared', SHARED_ENTITY_ID],
  ]);

  readonly bindings: BindingStore;

  private constructor(readonly database: PlumblineDatabase) {
    const config = new ConfigReader({});
    this.bindings = BindingStore.create({
      database,
      config: readBindingsConfig(config, RepositoryLocator.fromConfig(config)),
    });
  }

  static async create(knex: Knex): Promise<TestCosts> {
    await applyMigrations(knex);
    return new TestCosts(PlumblineDatabase.fromKnex(knex));
  }

  async addEntities(entities: TestEntity[]): Promise<void> {
    for (const entity of entities) {
      const id = await this.#insert('entity', {
        ref: entity.ref,
        kind: entity.ref.split(':')[0],
        owner_ref: entity.owner ?? null,
        system_ref: entity.system ?? null,
        domain_ref: entity.domain ?? null,
        first_seen_at: new Date(0),
      });
      this.#keys.set(`entity ${entity.ref}`, id);
      for (const target of entity.dependsOn ?? []) {
        await this.database
          .knex('entity_dependency')
          .insert({ entity_id: id, depends_on_ref: target });
      }
    }
  }

  /** Opens a live partition for each month of each source. */
  async addSources(sources: TestSource[]): Promise<void> {
    for (const { id, from, through, ...more } of sources) {
      const source = await this.#insert('source', {
        source_id: id,
        domain: 'cost',
        retired_at: more.retired ? new Date() : null,
      });
      const first = dayFromText(from);
      const last = dayFromText(through);
      const months = new Map<string, number[]>();
      for (let day = first; day <= last; day++) {
        const month = monthOfDay(day);
        months.set(month, [...(months.get(month) ?? []), day]);
      }
      for (const [month, days] of months) {
        if (more.without?.includes(month)) {
          continue;
        }
        const feesOnly = more.feesOnly?.includes(month);
        const firstUsage = Math.max(
          days[0],
          more.firstUsage ? dayFromText(more.firstUsage) : -Infinity,
        );
        const partition = await this.#insert('cost_partition', {
          source_id: source,
          month,
          first_day: days[0],
          last_day: days[days.length - 1],
          first_usage_day: feesOnly ? null : firstUsage,
          data_through: feesOnly ? null : days[days.length - 1],
          published_at: new Date(),
          bindings_version: 0,
        });
        const resources = await this.#generation(partition);
        const entities = await this.#generation(partition);
        await this.database
          .knex('cost_partition')
          .where({ id: partition })
          .update({
            resource_generation: more.summed?.includes(month)
              ? null
              : resources,
            entity_generation: entities,
          });
        this.#keys.set(`resources ${id} ${month}`, resources);
        this.#keys.set(`entities ${id} ${month}`, entities);
      }
    }
  }

  /** Writes costs of entities into the rows by day and by month. */
  async addCosts(costs: TestCost[]): Promise<void> {
    for (const cost of costs) {
      const day = dayFromText(cost.day);
      const keys = {
        entity_id: this.#key(`entity ${cost.entity}`),
        environment_id: await this.environment(cost.environment ?? 'prod'),
        service_id: await this.#dimension('service', {
          provider: 'AWS',
          name: cost.service ?? 'Lambda',
        }),
        currency_id: await this.#dimension('currency', {
          code: cost.currency ?? 'USD',
        }),
        charge_kind_id: await this.#dimension('charge_kind', {
          category: cost.category ?? 'Usage',
          correction: cost.correction ?? false,
          commitment: cost.commitment ?? '',
        }),
      };
      const source = cost.source ?? 'focus:aws';
      const month = monthOfDay(day);
      const generation = this.#key(`entities ${source} ${month}`);
      const amounts = {
        effective: cost.effective.toString(),
        billed: (cost.billed ?? cost.effective).toString(),
      };
      await this.#add(
        'entity_cost_daily',
        {
          generation_id: generation,
          day,
          ...keys,
        },
        amounts,
      );
      await this.#add(
        'entity_cost_monthly',
        {
          generation_id: generation,
          month,
          ...keys,
        },
        amounts,
      );
    }
  }

  /** A resource with a daily cost, allocated and bound to an entity for some days. */
  async addResource(resource: {
    id: string;
    entity: string;
    costs: Record<string, bigint>;
    from?: string;
    to?: string;
    environment?: string;
    source?: string;
    matchedBy?: string;
    proof?: string;
  }): Promise<void> {
    const account = await this.#dimension('account', {
      provider: 'AWS',
      native_id: '111122223333',
    });
    const id = await this.#insert('resource', {
      account_id: account,
      resource_key: resource.id,
      native_id: resource.id,
      tags: '{}',
      type: 'Function',
      region: 'eu-west-1',
      first_seen_at: new Date(0),
      last_seen_at: new Date(0),
    });
    const environment = await this.environment(resource.environment ?? 'prod');
    const entity = this.#key(`entity ${resource.entity}`);
    await this.database.knex('allocation').insert({
      resource_id: id,
      from_day: resource.from ? dayFromText(resource.from) : -2147483648,
      to_day: resource.to ? dayFromText(resource.to) : 2147483647,
      entity_id: entity,
      environment_id: environment,
      matched_by: 'arn',
    });
    await this.addBinding({
      entity: resource.entity,
      resourceId: id,
      environment,
      matchedBy: resource.matchedBy,
      proof: resource.proof,
    });
    for (const [text, nanos] of Object.entries(resource.costs)) {
      const day = dayFromText(text);
      await this.database.knex('resource_cost_daily').insert({
        generation_id: this.#key(
          `resources ${resource.source ?? 'focus:aws'} ${monthOfDay(day)}`,
        ),
        resource_id: id,
        day,
        service_id: await this.#dimension('service', {
          provider: 'AWS',
          name: 'Lambda',
        }),
        currency_id: await this.#dimension('currency', { code: 'USD' }),
        charge_kind_id: await this.#dimension('charge_kind', {
          category: 'Usage',
          correction: false,
          commitment: '',
        }),
        effective: nanos.toString(),
        billed: nanos.toString(),
      });
    }
  }

  async addBinding(binding: {
    entity: string;
    resourceId?: number;
    environment?: number;
    matchedBy?: string;
    proof?: string;
  }): Promise<void> {
    await this.database.knex('binding').insert({
      entity_id: this.#key(`entity ${binding.entity}`),
      binding_key: `${binding.entity} ${binding.resourceId}`,
      target_kind: 'resource',
      resource_id: binding.resourceId ?? null,
      target: JSON.stringify({ kind: 'resource', provider: 'AWS', id: 'x' }),
      environment_id: binding.environment ?? (await this.environment('prod')),
      matched_by: binding.matchedBy ?? 'arn',
      proof: binding.proof ?? 'claimed',
      proof_reason: 'A test says so.',
    });
  }

  async environment(name: string): Promise<number> {
    return this.#dimension('environment', { name });
  }

  /** Makes another generation live, as a collection does. */
  async swap(source: string, month: string): Promise<void> {
    const generation = this.#key(`entities ${source} ${month}`);
    const { partition_id } = await this.database
      .knex('generation')
      .where({ id: generation })
      .first();
    const next = await this.#generation(partition_id);
    await this.database
      .knex('cost_partition')
      .where({ id: partition_id })
      .update({ entity_generation: next });
    this.#keys.set(`entities ${source} ${month}`, next);
  }

  #key(name: string): number {
    const key = this.#keys.get(name);
    if (key === undefined) {
      throw new Error(`The test has no '${name}'`);
    }
    return key;
  }

  async #generation(partition: number): Promise<number> {
    return this.#insert('generation', {
      partition_id: partition,
      ticket: 'test',
      created_at: new Date(),
    });
  }

  async #dimension(
    table: string,
    row: Record<string, string | boolean>,
  ): Promise<number> {
    const name = `${table} ${JSON.stringify(row)}`;
    const known = this.#keys.get(name);
    if (known !== undefined) {
      return known;
    }
    const found = await this.database.knex(table).where(row).first('id');
    const id = found?.id ?? (await this.#insert(table, row));
    this.#keys.set(name, id);
    return id;
  }

  async #insert(table: string, row: Record<string, unknown>): Promise<number> {
    const [{ id }] = await this.database
      .knex(table)
      .insert(row)
      .returning('id');
    return id;
  }

  async #add(
    table: string,
    keys: Record<string, unknown>,
    amounts: Record<'effective' | 'billed', string>,
  ): Promise<void> {
    const { knex } = this.database;
    const updated = await knex(table)
      .where(keys)
      .update({
        effective: knex.raw('effective + cast(? as bigint)', [
          amounts.effective,
        ]),
        billed: knex.raw('billed + cast(? as bigint)', [amounts.billed]),
      });
    if (updated === 0) {
      await knex(table).insert({ ...keys, ...amounts });
    }
  }
}

/** A source that did what it should. */
export function freshSource(
  id = 'focus:aws',
  more: Partial<SourceStatus> = {},
): SourceStatus {
  return {
    id,
    domain: 'cost',
    title: 'The bill',
    state: 'fresh',
    lastSuccessAt: '2026-03-21T04:00:00.000Z',
    paidCallsToday: 0,
    paidCallsPerDay: 0,
    ...more,
  };
}

/** A reference that a test wrote in full. */
export function ref(text: string): EntityRef {
  return text as EntityRef;
}
