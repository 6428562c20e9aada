import type {
  CostBasis,
  EntityRef,
  Month,
  SharedCost,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  endDayOfMonth,
  exactAmount,
  exactSum,
  firstDayOfMonth,
  monthOfDay,
  nanosToDecimal,
  type ExactSumRow,
  type PlumblineDatabase,
} from '../../database';
import type { DayWindow } from '../CostStore';
import { describeRule, partnerOf } from './describeShare';
import { RuleStore } from './RuleStore';

/** Which figure's parts; keys of the database. @internal */
export interface SharesSelection {
  entityIds: readonly number[];
  window: DayWindow;
  currencyId: number;
  environmentId?: number;
  serviceIds?: readonly number[];
  chargeKindIds?: readonly number[];
}

/** A live month of a source, as far as its parts are concerned. @internal */
export interface SharesPartition {
  entityGeneration: number;
  /** The days of its charges, the last one inclusive. */
  firstDay: number;
  lastDay: number;
  /** Whether it is kept day by day. */
  daily: boolean;
}

/** What of a figure is others' cost, and what of the entities' own cost others bear. @internal */
export interface FigureParts {
  /** With everything that anybody may ask: whoever shows it leaves out what the caller may not see. */
  shares: SharedCost[];
  /** What was received less what was given, in nanos. */
  net: bigint;
  /** There are parts of which nobody knows whether they are of the figure's days, services and categories. */
  vague: boolean;
}

type Direction = 'received' | 'given';

/** What is kept of one month's parts. */
interface KeptMonth {
  direction: Direction;
  month: Month;
  /** By day, even if by the first of the month. */
  byDay: boolean;
  /** To the day of the charge. */
  dated: boolean;
}

interface Part {
  direction: Direction;
  month: Month;
  partner: number;
  ref: EntityRef;
  rule: number;
  weight?: string;
  weightTotal?: string;
  nanos: bigint;
}

/**
 * Tells what figures hold of others' cost. An entity's rows are of its own resources; what rules gave it or took
 * from it makes up the difference: rows + received − given = figure. Parts between the entities of one figure cancel
 * out, and are none of it.
 *
 * @internal
 */
export class FigureShares {
  readonly #database: PlumblineDatabase;
  readonly #rules: RuleStore;

  static create(options: { database: PlumblineDatabase }): FigureShares {
    return new FigureShares(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
    this.#rules = RuleStore.create({ database });
  }

  /** @param currency - as the answer calls it */
  async read(
    partition: SharesPartition,
    selection: SharesSelection,
    { basis, currency }: { basis: CostBasis; currency: string },
  ): Promise<FigureParts> {
    const kept = await this.#keptMonths(partition, selection);
    const { parts, vague } = await this.#parts(
      kept,
      partition,
      selection,
      basis,
    );
    const rules = await this.#rules.getByIds(
      new Set(parts.map(({ rule }) => rule)),
    );
    return {
      net: parts.reduce(
        (sum, { direction, nanos }) =>
          direction === 'received' ? sum + nanos : sum - nanos,
        0n,
      ),
      shares: parts.map(part => {
        const { direction, month, partner, ref, weight, weightTotal } = part;
        const stored = rules.get(part.rule);
        return {
          direction,
          month,
          currency,
          amount: nanosToDecimal(part.nanos),
          partner: partnerOf(partner, ref),
          ...(stored && { rule: describeRule(stored) }),
          ...(weight !== undefined &&
            weightTotal !== undefined &&
            weightTotal !== '0' && {
              weight: { part: weight, of: weightTotal },
            }),
        };
      }),
      vague,
    };
  }

  async #parts(
    kept: readonly KeptMonth[],
    partition: SharesPartition,
    selection: SharesSelection,
    basis: CostBasis,
  ): Promise<{ parts: Part[]; vague: boolean }> {
    const whole = (month: Month) => isWhole(month, partition, selection.window);
    if (partition.daily && kept.every(({ byDay }) => byDay)) {
      return {
        parts: await this.#byDay(kept, partition, selection, basis),
        // What a giver has is dated to the day of the charge, and what it gave to the first of the month.
        vague: kept.some(
          ({ direction, dated, month }) =>
            direction === 'given' && !dated && !whole(month),
        ),
      };
    }
    const narrowed = selection.serviceIds ?? selection.chargeKindIds;
    const known = narrowed
      ? []
      : kept.map(({ month }) => month).filter(month => whole(month));
    return {
      parts: await this.#byMonth(known, partition, selection, basis),
      vague: known.length < kept.length,
    };
  }

  /** In which months of the window the entities get or give anything. */
  async #keptMonths(
    partition: SharesPartition,
    selection: SharesSelection,
  ): Promise<KeptMonth[]> {
    const { window } = selection;
    const kept: KeptMonth[] = [];
    for (const direction of ['received', 'given'] as const) {
      const rows = await this.#database.query(
        `select share.month,
           min(case when share.dated is null then 0 else 1 end) as by_day, min(coalesce(share.dated, 0)) as dated
         from entity_share_monthly share
         where ${sideOf(
           direction,
           selection,
         )} and share.generation_id = ? and share.currency_id = ?
           and share.month >= ? and share.month <= ?
         group by share.month order by share.month`,
        [
          partition.entityGeneration,
          selection.currencyId,
          monthOfDay(window.from),
          monthOfDay(window.to - 1),
        ],
      );
      kept.push(
        ...rows.map(row => ({
          direction,
          month: String(row.month),
          byDay: Number(row.by_day) === 1,
          dated: Number(row.dated) === 1,
        })),
      );
    }
    return kept;
  }

  async #byDay(
    kept: readonly KeptMonth[],
    partition: SharesPartition,
    selection: SharesSelection,
    basis: CostBasis,
  ): Promise<Part[]> {
    const { window } = selection;
    const parts: Part[] = [];
    for (const { direction, month } of kept) {
      parts.push(
        ...(await this.#read({
          direction,
          month,
          selection,
          basis,
          // Weights are kept by month.
          from: `entity_share_daily share
            left join entity_share_monthly weighed on weighed.generation_id = share.generation_id
              and weighed.entity_id = share.entity_id and weighed.month = '${month}'
              and weighed.environment_id = share.environment_id
              and weighed.from_entity_id = share.from_entity_id and weighed.rule_id = share.rule_id
              and weighed.currency_id = share.currency_id and weighed.state = 'shared'`,
          weights: 'weighed',
          where: [
            'share.generation_id = ?',
            'share.day >= ?',
            'share.day < ?',
            ...keys('service_id', selection.serviceIds),
            ...keys('charge_kind_id', selection.chargeKindIds),
          ],
          bindings: [
            partition.entityGeneration,
            Math.max(window.from, firstDayOfMonth(month)),
            Math.min(window.to, endDayOfMonth(month)),
          ],
        })),
      );
    }
    return parts;
  }

  async #byMonth(
    months: readonly Month[],
    partition: SharesPartition,
    selection: SharesSelection,
    basis: CostBasis,
  ): Promise<Part[]> {
    const parts: Part[] = [];
    for (const month of new Set(months)) {
      for (const direction of ['received', 'given'] as const) {
        parts.push(
          ...(await this.#read({
            direction,
            month,
            selection,
            basis,
            from: 'entity_share_monthly share',
            weights: 'share',
            where: ['share.generation_id = ?', 'share.month = ?'],
            bindings: [partition.entityGeneration, month],
          })),
        );
      }
    }
    return parts;
  }

  async #read(options: {
    direction: Direction;
    month: Month;
    selection: SharesSelection;
    basis: CostBasis;
    from: string;
    weights: string;
    where: readonly string[];
    bindings: (string | number)[];
  }): Promise<Part[]> {
    const { direction, month, selection, basis, weights } = options;
    const partner =
      direction === 'received' ? 'share.from_entity_id' : 'share.entity_id';
    // Of several entities, each has a weight of its own.
    const weighed = selection.entityIds.length === 1;
    const by = [
      partner,
      'entity.ref',
      'share.rule_id',
      ...(weighed ? [`${weights}.weight`, `${weights}.weight_total`] : []),
    ];
    const rows = await this.#database.query(
      `select ${by.join(', ')}, ${partner} as partner,
         ${exactSum(`share.${basis}`, 'part')}
       from ${options.from} join entity on entity.id = ${partner}
       where ${[
         sideOf(direction, selection),
         'share.currency_id = ?',
         ...options.where,
       ].join(' and ')}
       group by ${by.join(', ')} order by ${by.slice(1).join(', ')}`,
      [selection.currencyId, ...options.bindings],
    );
    return rows.map(row => ({
      direction,
      month,
      partner: Number(row.partner),
      ref: String(row.ref) as EntityRef,
      rule: Number(row.rule_id),
      ...(weighed &&
        row.weight !== null && {
          weight: String(row.weight),
          weightTotal: String(row.weight_total),
        }),
      nanos: exactAmount(row as ExactSumRow<'part'>, 'part'),
    }));
  }
}

/** The rows of parts that cross the border of the figure's entities. */
function sideOf(
  direction: Direction,
  { entityIds, environmentId }: SharesSelection,
): string {
  const list = entityIds.join(', ') || 'null';
  return [
    direction === 'received'
      ? `share.entity_id in (${list}) and share.from_entity_id not in (${list})`
      : // Buckets are no entities that anybody asks for; the index leaves them out.
        `share.from_entity_id in (${list}) and share.from_entity_id > 2 and share.entity_id not in (${list})`,
    // What an entity shares out keeps its environment.
    ...(environmentId === undefined
      ? []
      : [`share.environment_id = ${environmentId}`]),
  ].join(' and ');
}

function keys(column: string, ids: readonly number[] | undefined): string[] {
  return ids ? [`share.${column} in (${ids.join(', ') || 'null'})`] : [];
}

/** Whether the window has all charges of a month that the partition has. */
function isWhole(
  month: Month,
  { firstDay, lastDay }: SharesPartition,
  window: DayWindow,
): boolean {
  return (
    window.from <= Math.max(firstDay, firstDayOfMonth(month)) &&
    window.to > Math.min(lastDay, endDayOfMonth(month) - 1)
  );
}
