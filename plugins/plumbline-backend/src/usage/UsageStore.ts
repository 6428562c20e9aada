import type { Decimal } from 'decimal.js';
import type { Knex } from 'knex';
import { monthOfDay } from '../database';
import type { PlumblineDatabase } from '../database';
import { fromMillionths } from './millionths';

/** What one entity did on one day. @internal */
export interface UsageDay {
  entity: number;
  day: number;
  value: Decimal;
}

/**
 * Business metrics as weights: how much each of some entities used.
 *
 * @internal
 */
export interface UsageWeights {
  /**
   * Sums of a metric by entity, over days since 1970-01-01, `to` exclusive. An entity without any value is absent: that
   * nothing is known of it is not zero. Days that are known in part are not counted.
   */
  sum(
    metric: string,
    entityIds: readonly number[],
    from: number,
    to: number,
  ): Promise<Map<number, Decimal>>;
}

/** How many entities one query looks for; more go into further queries. */
const CHUNK = 500;

const MILLION = 1_000_000n;

/** 1970-01-01: no metric is older. */
const FIRST_DAY = 0;

/** In the year 9999: none is younger. */
const LAST_DAY = 2_932_000;

/**
 * Reads business metrics of entities. Each query joins the live generations to their rows in one statement, so that
 * it sees whole generations even while another becomes live. Values of several sources add up, on days that all of them
 * tell; days that their source does not call complete yet are left out.
 *
 * @internal
 */
export class UsageStore implements UsageWeights {
  static create(options: { database: PlumblineDatabase }): UsageStore {
    return new UsageStore(options.database.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async sum(
    metric: string,
    entityIds: readonly number[],
    from: number,
    to: number,
  ): Promise<Map<number, Decimal>> {
    const sums = new Map<number, Decimal>();
    for (const { entity, value } of await this.daily(
      metric,
      entityIds,
      from,
      to,
    )) {
      sums.set(entity, value.plus(sums.get(entity) ?? 0));
    }
    return sums;
  }

  /**
   * Each day's value of each entity that has one, in order of days. A day that one of the entity's sources tells, and
   * another one does not, is left out: a part of it would look like all of it.
   */
  async daily(
    metric: string,
    entityIds: readonly number[],
    from: number,
    to: number,
  ): Promise<UsageDay[]> {
    const days: UsageDay[] = [];
    for (const ids of chunks(entityIds)) {
      const [starts, rows] = await Promise.all([
        this.#starts(metric, ids, to),
        this.#values(metric, ids, from, to)
          .select({ entity: 'entity.id', day: 'usage.day' }, ...this.#amount())
          .countDistinct({ sources: 'source.id' })
          .groupBy('entity.id', 'usage.day')
          .orderBy('usage.day') as Promise<ValueRow[]>,
      ]);
      days.push(
        ...rows
          .filter(({ entity, day, sources }) => {
            const begun = starts.get(entity)?.filter(first => first <= day);
            return begun?.length === Number(sources);
          })
          .map(row => ({
            entity: row.entity,
            day: row.day,
            value: toValue(row),
          })),
      );
    }
    return days;
  }

  /** Ids of the sources with a value of the metric for one of the entities, in order. */
  async listSources(
    metric: string,
    entityIds: readonly number[],
    from: number,
    to: number,
  ): Promise<string[]> {
    const sources = new Set<string>();
    for (const ids of chunks(entityIds)) {
      const rows = await this.#values(metric, ids, from, to).distinct({
        source: 'source.source_id',
      });
      rows.forEach(({ source }) => sources.add(source));
    }
    return [...sources].sort();
  }

  /** Whether a source tells, or once told, anything of the metric for the entity. */
  async hasValues(metric: string, entityId: number): Promise<boolean> {
    const value = await this.#values(metric, [entityId], FIRST_DAY, LAST_DAY)
      .select('usage.day')
      .first();
    return value !== undefined;
  }

  /** The first day that each source tells of each entity: from then on it is one of those that make up a day. */
  async #starts(
    metric: string,
    entityIds: readonly number[],
    to: number,
  ): Promise<Map<number, number[]>> {
    const rows: { entity: number; first: number }[] = await this.#values(
      metric,
      entityIds,
      FIRST_DAY,
      to,
    )
      .select({ entity: 'entity.id' })
      .min({ first: 'usage.day' })
      .groupBy('entity.id', 'source.id');
    const starts = new Map<number, number[]>();
    for (const { entity, first } of rows) {
      starts.set(entity, [...(starts.get(entity) ?? []), first]);
    }
    return starts;
  }

  #values(
    metric: string,
    entityIds: readonly number[],
    from: number,
    to: number,
  ): Knex.QueryBuilder {
    return this.knex('usage_partition as partition')
      .join('source', 'source.id', 'partition.source_id')
      .whereNull('source.retired_at')
      .crossJoin(this.knex.ref('usage_metric'))
      .crossJoin(this.knex.ref('usage_subject'))
      .join('entity', 'entity.ref', 'usage_subject.ref')
      .join('usage_daily as usage', join =>
        join
          .on('usage.generation_id', 'partition.generation')
          .on('usage.subject_id', 'usage_subject.id')
          .on('usage.metric_id', 'usage_metric.id'),
      )
      .where('usage_metric.name', metric)
      .whereIn('entity.id', entityIds)
      .where('partition.month', '>=', monthOfDay(from))
      .where('partition.month', '<=', monthOfDay(to - 1))
      .where('usage.day', '>=', from)
      .where('usage.day', '<', to)
      .where('usage.day', '<=', this.knex.ref('partition.data_through'));
  }

  /** Whole units and millionths apart, as text: a driver would make a float of what is past 2⁵³. */
  #amount(): Knex.Raw[] {
    return [
      this.knex.raw(`cast(sum(usage.value / ${MILLION}) as text) as units`),
      this.knex.raw(
        `cast(sum(usage.value % ${MILLION}) as text) as millionths`,
      ),
    ];
  }
}

interface ValueRow {
  entity: number;
  day: number;
  sources: number | string;
  units: string;
  millionths: string;
}

function toValue(row: ValueRow): Decimal {
  return fromMillionths(BigInt(row.units) * MILLION + BigInt(row.millionths));
}

function* chunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    yield ids.slice(start, start + CHUNK);
  }
}
