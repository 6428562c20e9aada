import type { Knex } from 'knex';
import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import {
  addMonths,
  endDayOfMonth,
  firstDayOfMonth,
  monthOfDay,
  runningTotal,
} from '../../database';
import type { DayWindow } from '../CostStore';

/** SQL with the values of its placeholders. @internal */
export interface Sql {
  sql: string;
  bindings: Knex.RawBinding[];
}

/**
 * The windows that are added up at once: what was asked for, those of its days that are complete, and as many right
 * before these.
 *
 * @internal
 */
export interface BucketWindows {
  asked: DayWindow;
  /** Absent where the days can't be compared. */
  complete?: DayWindow;
  prior?: DayWindow;
}

/** One of the windows. @internal */
export type WindowName = keyof BucketWindows;

const NANOS = 1_000_000_000n;

/** The windows that differ: what is the same is added up once. @internal */
export function windowNames({
  asked,
  complete,
  prior,
}: BucketWindows): WindowName[] {
  return [
    'asked',
    ...(complete && complete.to !== asked.to ? (['complete'] as const) : []),
    ...(prior ? (['prior'] as const) : []),
  ];
}

/**
 * The rows of a bucket: resource, service and kind, the amounts of each window, and whether there is a charge on a
 * day that was asked for. One part a month, as each month's days are other columns.
 *
 * @internal
 */
export function detailSql(options: {
  bucketId: number;
  /** All of them where absent: then only resources can be listed. */
  currencyId?: number;
  basis: CostBasis;
  windows: BucketWindows;
}): Sql {
  const { bucketId, currencyId, basis, windows } = options;
  const names = windowNames(windows);
  const months = new Set(names.flatMap(name => monthsOf(windows[name])));
  const parts = [...months].map(month => ({
    sql: `select c.resource_id, c.service_id, c.charge_kind_id,
        ${names
          .map(name => apart(name, amountSql(month, basis, windows[name])))
          .join(', ')},
        ${presentSql(month, windows.asked)} as present
      from cost_partition p join source s on s.id = p.source_id
      join bucket_cost c on c.generation_id = p.entity_generation
      where s.retired_at is null and c.entity_id = ? and c.month = ?${
        currencyId === undefined ? '' : ' and c.currency_id = ?'
      }`,
    bindings: [
      bucketId,
      month,
      ...(currencyId === undefined ? [] : [currencyId]),
    ],
  }));
  return {
    sql: parts.map(({ sql }) => sql).join(' union all '),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/**
 * An amount as whole units and the nanos beyond them: their sums are exact where a sum of nanos would not fit into
 * a database's integers.
 */
function apart(name: WindowName, amount: string): string {
  return `(${amount}) / ${NANOS} as ${name}_units, (${amount}) % ${NANOS} as ${name}_nanos`;
}

/** Adds units and nanos up. @internal */
export function sumsSql(names: readonly WindowName[]): string {
  return names
    .flatMap(name => [`${name}_units`, `${name}_nanos`])
    .map(column => `cast(sum(${column}) as bigint) as ${column}`)
    .join(', ');
}

/** The same over all groups, as text. @internal */
export function overallSql(names: readonly WindowName[]): string {
  return names
    .flatMap(name => [`${name}_units`, `${name}_nanos`])
    .map(column => `cast(sum(${column}) over () as text) as all_${column}`)
    .join(', ');
}

/** Sums as text, which no driver makes a float of. @internal */
export function textSql(names: readonly WindowName[]): string {
  return names
    .flatMap(name => [`${name}_units`, `${name}_nanos`])
    .map(column => `cast(${column} as text) as ${column}`)
    .join(', ');
}

/** The order of sums, the largest first: nanos may be more than a unit, and less than none. @internal */
export function orderSql(name: WindowName): string {
  const rest = `((${name}_nanos % ${NANOS} + ${NANOS}) % ${NANOS})`;
  return `${name}_units + (${name}_nanos - ${rest}) / ${NANOS} desc, ${rest} desc`;
}

/** A sum of a row, in nanos. @internal */
export function readSum(
  row: Record<string, unknown> | undefined,
  column: string,
): bigint {
  const part = (name: string) => BigInt(String(row?.[name] ?? 0));
  return part(`${column}_units`) * NANOS + part(`${column}_nanos`);
}

/** Every month that a window touches. */
function monthsOf(window: DayWindow | undefined): string[] {
  const months: string[] = [];
  if (window) {
    const last = monthOfDay(window.to - 1);
    for (
      let month = monthOfDay(window.from);
      month <= last;
      month = addMonths(month, 1)
    ) {
      months.push(month);
    }
  }
  return months;
}

/** The first and the last day (1 to 31) of a month that lie in a window. */
function daysWithin(
  month: string,
  window: DayWindow | undefined,
): { first: number; last: number } | undefined {
  const start = firstDayOfMonth(month);
  const from = Math.max(window?.from ?? Infinity, start);
  const to = Math.min(window?.to ?? -Infinity, endDayOfMonth(month));
  return from < to ? { first: from - start + 1, last: to - start } : undefined;
}

function amountSql(
  month: string,
  basis: CostBasis,
  window: DayWindow | undefined,
): string {
  const days = daysWithin(month, window);
  if (!days) {
    return 'cast(0 as bigint)';
  }
  const through = `c.${runningTotal(basis, days.last)}`;
  return days.first === 1
    ? through
    : `${through} - c.${runningTotal(basis, days.first - 1)}`;
}

/** 1 where there is a charge on a day of the window. */
function presentSql(month: string, window: DayWindow): string {
  const days = daysWithin(month, window);
  // A bit for each day.
  return days
    ? `case when (c.days & ${
        2 ** days.last - 2 ** (days.first - 1)
      }) <> 0 then 1 else 0 end`
    : '0';
}
