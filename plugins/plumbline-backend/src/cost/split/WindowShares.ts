import type {
  CostBasis,
  EntityRef,
  Month,
  SharedCost,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  decimalToNanos,
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
import type { ShareState, StoredRule } from './types';

/** The days of a month's part: of what went to others only. */
const WITH_DAYS = `join entity_share_daily daily on daily.generation_id = share.generation_id
  and daily.entity_id = share.entity_id and daily.from_entity_id = share.from_entity_id
  and daily.rule_id = share.rule_id and daily.environment_id = share.environment_id
  and daily.currency_id = share.currency_id`;

/** Whose parts, in which days; keys of the database. @internal */
export interface WindowSharesSelection {
  entityId: number;
  window: DayWindow;
  basis: CostBasis;
  environmentId?: number;
}

/** Parts that are described alike. */
interface ShareRecord {
  entity: number;
  entityRef: EntityRef;
  from: number;
  fromRef: EntityRef;
  month: Month;
  rule: number;
  currency: string;
  state: ShareState;
  weight: string;
  weightTotal: string;
  nanos: bigint;
  /** The window cuts the month, and nobody knows the part's days. */
  wholeMonth?: true;
}

/**
 * What an entity gets, gives and keeps by rules in the days of a window, with everything that anybody may ask:
 * whoever shows it leaves out what the caller may not see. A month that the window cuts counts by its days where these
 * are kept, and else as a whole, which is said.
 *
 * @internal
 */
export class WindowShares {
  readonly #database: PlumblineDatabase;
  readonly #rules: RuleStore;

  static create(options: { database: PlumblineDatabase }): WindowShares {
    return new WindowShares(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
    this.#rules = RuleStore.create({ database });
  }

  async read(selection: WindowSharesSelection): Promise<SharedCost[]> {
    const { entityId, window } = selection;
    const first = monthOfDay(window.from);
    const last = monthOfDay(window.to - 1);
    // Only a month at an end can be cut.
    const ends = [...new Set([first, last])].flatMap(month => {
      const cut = cutBy(window, month);
      return cut ? [{ month, cut }] : [];
    });
    const rows = await this.#sum(selection, 'share', [
      `share.month >= '${first}' and share.month <= '${last}'`,
      ...ends.map(({ cut }) => `not (${cut})`),
    ]);
    const byDay = hasDays(entityId);
    for (const { month, cut } of ends) {
      const days = await this.#sum(selection, 'daily', [
        `${cut} and ${byDay}`,
        `daily.day >= ${Math.max(window.from, firstDayOfMonth(month))}`,
        `daily.day < ${Math.min(window.to, endDayOfMonth(month))}`,
      ]);
      const wholes = await this.#sum(selection, 'share', [
        `${cut} and not (${byDay})`,
      ]);
      rows.push(
        ...days,
        ...wholes.map(row => ({ ...row, wholeMonth: true as const })),
      );
    }
    const rules = await this.#rules.getByIds(
      new Set(rows.map(({ rule }) => rule)),
    );
    return addedUp(
      rows.map(row => toSharedCost(row, entityId, rules.get(row.rule))),
    );
  }

  async #sum(
    { entityId, basis, environmentId }: WindowSharesSelection,
    of: 'share' | 'daily',
    where: readonly string[],
  ): Promise<ShareRecord[]> {
    const by = [
      'share.entity_id',
      'entity.ref',
      'share.from_entity_id',
      'giver.ref',
      'share.month',
      'share.rule_id',
      'currency.code',
      'share.state',
      'share.weight',
      'share.weight_total',
    ].join(', ');
    const rows = await this.#database.query(
      `select ${by}, entity.ref as entity_ref, giver.ref as from_ref, ${exactSum(
        `${of}.${basis}`,
        'part',
      )}
       from cost_partition live
       join source on source.id = live.source_id and source.retired_at is null
       join entity_share_monthly share on share.generation_id = live.entity_generation
       ${of === 'daily' ? WITH_DAYS : ''}
       join entity on entity.id = share.entity_id
       join entity giver on giver.id = share.from_entity_id
       join currency on currency.id = share.currency_id
       where ${[
         `(share.entity_id = ${entityId} or share.from_entity_id = ${entityId})`,
         ...(environmentId === undefined
           ? []
           : [`share.environment_id = ${environmentId}`]),
         ...where,
       ].join(' and ')}
       group by ${by}
       order by share.month, giver.ref, entity.ref, share.state`,
    );
    return rows.map(row => ({
      entity: Number(row.entity_id),
      entityRef: String(row.entity_ref) as EntityRef,
      from: Number(row.from_entity_id),
      fromRef: String(row.from_ref) as EntityRef,
      month: String(row.month),
      rule: Number(row.rule_id),
      currency: String(row.code),
      state: String(row.state) as ShareState,
      weight: String(row.weight),
      weightTotal: String(row.weight_total),
      nanos: exactAmount(row as ExactSumRow<'part'>, 'part'),
    }));
  }
}

/**
 * Which parts the figure has by day. What somebody received is in its figure on the day it is dated to, be that the
 * first of the month; what somebody gave left its figure on the day of the charge.
 */
function hasDays(entityId: number): string {
  return `(live.resource_generation is not null and share.state = 'shared'
    and share.entity_id <> share.from_entity_id
    and (coalesce(share.dated, -1) = 1 or (coalesce(share.dated, -1) = 0 and share.entity_id = ${entityId})))`;
}

/** Whether the window lacks some charges of a month; undefined where it has all of its days. */
function cutBy({ from, to }: DayWindow, month: Month): string | undefined {
  const lacks = [
    ...(from > firstDayOfMonth(month) ? [`live.first_day < ${from}`] : []),
    ...(to < endDayOfMonth(month) ? [`live.last_day >= ${to}`] : []),
  ];
  return lacks.length > 0
    ? `(share.month = '${month}' and (${lacks.join(' or ')}))`
    : undefined;
}

/** Parts that differ in nothing but their amount, as one. */
function addedUp(shares: readonly SharedCost[]): SharedCost[] {
  const sums = new Map<string, SharedCost>();
  for (const share of shares) {
    const { amount, ...rest } = share;
    const key = JSON.stringify(rest);
    const before = sums.get(key)?.amount ?? '0';
    sums.set(key, {
      ...share,
      amount: nanosToDecimal(decimalToNanos(before) + decimalToNanos(amount)),
    });
  }
  return [...sums.values()];
}

function toSharedCost(
  row: ShareRecord,
  self: number,
  stored: StoredRule | undefined,
): SharedCost {
  const { month, currency, state, weight, weightTotal } = row;
  const kept = row.entity === row.from;
  const received = row.entity === self;
  return {
    direction: kept ? 'kept' : directionOf(received),
    month,
    currency,
    amount: nanosToDecimal(row.nanos),
    ...(row.wholeMonth && { wholeMonth: true }),
    ...(!kept && {
      partner: received
        ? partnerOf(row.from, row.fromRef)
        : partnerOf(row.entity, row.entityRef),
    }),
    ...(stored && { rule: describeRule(stored) }),
    ...(weightTotal !== '0' &&
      (state === 'shared' || state === 'kept' || state === 'consumer-gone') && {
        weight: { part: weight, of: weightTotal },
      }),
    ...(kept && {
      why: state === 'kept' || state === 'shared' ? 'listed' : state,
    }),
  };
}

function directionOf(received: boolean): 'received' | 'given' {
  return received ? 'received' : 'given';
}
