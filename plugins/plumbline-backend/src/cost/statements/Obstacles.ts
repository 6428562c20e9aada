import type {
  EntityRef,
  Month,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  endDayOfMonth,
  firstDayOfMonth,
  type PlumblineDatabase,
} from '../../database';
import { UsageStore } from '../../usage';
import { RuleStore } from '../split/RuleStore';
import type { ShareRule } from '../split/types';
import { obstacleOf, type SourceRecord } from './obstacleOf';
import { SourceRecords } from './SourceRecords';

/** Days since 1970-01-01 that hold every metric. */
const EVER = { from: 0, to: 100_000 };

/** A source of metrics, and whose cost is shared out by it. */
interface NeededSource {
  record: SourceRecord;
  metric: string;
  entityRef: EntityRef;
  holdsIn(month: Month): boolean;
}

/** What stands in the way of closing months, as it was read at one time. @internal */
export interface KnownObstacles {
  /** The cost sources that are set up. */
  sources: readonly SourceRecord[];
  /** Why a month is not complete, in sentences; none where it is. */
  of(month: Month): string[];
}

/**
 * Reads what stands in the way of closing months: bills that are not there, and metrics by which rules share cost out.
 *
 * @internal
 */
export class Obstacles {
  readonly #database: PlumblineDatabase;
  readonly #records: SourceRecords;
  readonly #rules: RuleStore;
  readonly #usage: UsageStore;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
    this.#records = SourceRecords.create({ database });
    this.#rules = RuleStore.create({ database });
    this.#usage = UsageStore.create({ database });
  }

  static create(options: { database: PlumblineDatabase }): Obstacles {
    return new Obstacles(options.database);
  }

  async read(): Promise<KnownObstacles> {
    const [sources, needed] = await Promise.all([
      this.#records.list(),
      this.#neededSources(),
    ]);
    return {
      sources,
      of: month => [
        ...sources.flatMap(source => obstacleOf(source, month) ?? []),
        ...needed.flatMap(({ record, metric, entityRef, holdsIn }) => {
          const obstacle = holdsIn(month) && obstacleOf(record, month);
          return obstacle
            ? [
                `${obstacle} The cost of '${entityRef}' is shared out by its '${metric}'.`,
              ]
            : [];
        }),
      ],
    };
  }

  /**
   * Sources that have told a metric of one of a rule's consumers. Where none has, those that could not be read to
   * their end may be the ones; where all could, nobody knows the metric, and the cost stays with its owner.
   */
  async #neededSources(): Promise<NeededSource[]> {
    const rules = (await this.#rules.list()).flatMap(({ rule, ...days }) =>
      rule.kind === 'share' && rule.by === 'usage' ? [{ rule, ...days }] : [],
    );
    if (rules.length === 0) {
      return [];
    }
    const records = await this.#records.listMetricSources();
    const needed = new Map<string, NeededSource>();
    for (const { rule, fromDay, toDay } of rules) {
      const { metric = '', entityRef } = rule;
      const tellers = await this.#tellersOf(rule, metric);
      for (const record of records) {
        if (tellers.size > 0 ? tellers.has(record.id) : !wasRead(record)) {
          needed.set(`${record.id} ${metric} ${entityRef} ${fromDay}`, {
            record,
            metric,
            entityRef,
            holdsIn: month =>
              fromDay < endDayOfMonth(month) && toDay > firstDayOfMonth(month),
          });
        }
      }
    }
    return [...needed.values()];
  }

  async #tellersOf(rule: ShareRule, metric: string): Promise<Set<string>> {
    const ids: number[] = await this.#database
      .knex('entity')
      .whereIn(
        'ref',
        rule.consumers.map(({ entityRef }) => entityRef),
      )
      .pluck('id');
    return new Set(
      await this.#usage.listSources(metric, ids, EVER.from, EVER.to),
    );
  }
}

function wasRead({ lastRun }: SourceRecord): boolean {
  return lastRun?.state === 'succeeded';
}
