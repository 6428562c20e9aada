import { monthOfDay, RowAmountError, type Values } from '../../database';
import type { Allocations } from './Allocations';
import type { CostColumns } from './CostColumns';
import { Groups } from './Groups';

/** Environment, service, currency and charge kind of entity rows. */
type Kind = [number, number, number, number];

/** Whose rows are. @internal */
export type Allocating = Pick<
  Allocations,
  'find' | 'bucket' | 'unknownEnvironment'
>;

/** The rows that a portion comes to, in the order of the tables' columns and of their primary keys. @internal */
export interface EntityRows {
  daily: Values[];
  monthly: Values[];
  /** The entity of each daily row. */
  entities: Int32Array;
  /** The entity of each resource row. */
  entityOf: Int32Array;
}

/**
 * Adds a portion's resource rows up by entity: for each day, and for each month.
 *
 * @param generation - of the entity rows
 * @throws RowAmountError when a day or a month of an entity is more than a row holds
 * @internal
 */
export function entityRowsOf(
  rows: CostColumns,
  allocations: Allocating,
  generation: number,
): EntityRows {
  const { entityOf, kindOf, kinds } = keysOf(rows, allocations);
  // A key is a number made of entity, day (or month) and kind: entities are few in a portion, so it stays exact.
  const rankOf = ranks(entityOf);
  let firstDay = Infinity;
  let lastDay = -Infinity;
  for (let row = 0; row < rows.length; row++) {
    firstDay = Math.min(firstDay, rows.day[row]);
    lastDay = Math.max(lastDay, rows.day[row]);
  }
  const days = lastDay - firstDay + 1;
  const byDay = new Groups(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const entity = rankOf.get(entityOf[row])!;
    const key =
      (entity * days + rows.day[row] - firstDay) * kinds.length + kindOf[row];
    if (!byDay.add(key, rows.effective[row], rows.billed[row])) {
      throw new RowAmountError({
        entity: entityOf[row],
        service: rows.service[row],
        currency: rows.currency[row],
      });
    }
  }
  const sorted = [...rankOf.keys()];
  const daily = byDay.sorted();
  const count = daily.keys.length;
  const entityColumn = new Int32Array(count);
  const dayColumn = new Int32Array(count);
  const kindColumn = new Int32Array(count);
  const months = monthsOf(firstDay, lastDay);
  const byMonth = new Groups(count);
  daily.keys.forEach((key, at) => {
    const kind = key % kinds.length;
    const entityDay = Math.floor(key / kinds.length);
    const day = entityDay % days;
    const entity = Math.floor(entityDay / days);
    kindColumn[at] = kind;
    dayColumn[at] = firstDay + day;
    entityColumn[at] = sorted[entity];
    const fits = byMonth.add(
      (entity * months.names.length + months.ofDay[day]) * kinds.length + kind,
      daily.effective[at],
      daily.billed[at],
    );
    if (!fits) {
      const [, service, currency] = kinds[kind];
      throw new RowAmountError({ entity: sorted[entity], service, currency });
    }
  });
  const monthly = byMonth.sorted();
  const kindOfMonth = new Int32Array(monthly.keys.length);
  const entityOfMonth = new Int32Array(monthly.keys.length);
  const monthColumn: string[] = [];
  monthly.keys.forEach((key, at) => {
    const entityMonth = Math.floor(key / kinds.length);
    kindOfMonth[at] = key % kinds.length;
    monthColumn.push(months.names[entityMonth % months.names.length]);
    entityOfMonth[at] = sorted[Math.floor(entityMonth / months.names.length)];
  });
  return {
    entities: entityColumn,
    entityOf,
    daily: columnsOf(
      generation,
      [entityColumn, dayColumn],
      kindColumn,
      kinds,
      daily,
    ),
    monthly: columnsOf(
      generation,
      [entityOfMonth, monthColumn],
      kindOfMonth,
      kinds,
      monthly,
    ),
  };
}

/** Entity and kind of each row; kinds are numbered in the order of the primary key. */
function keysOf(rows: CostColumns, allocations: Allocating) {
  const entityOf = new Int32Array(rows.length);
  const kindOf = new Int32Array(rows.length);
  const numbers = new Map<string, number>();
  const found: Kind[] = [];
  let number = -1;
  for (let row = 0; row < rows.length; row++) {
    const allocation = allocations.find(
      rows.resource[row],
      rows.day[row],
      rows.chargeKind[row],
    );
    entityOf[row] =
      allocation?.entity ?? allocations.bucket(rows.chargeKind[row]);
    const environment =
      allocation?.environment ?? allocations.unknownEnvironment;
    const service = rows.service[row];
    const currency = rows.currency[row];
    const chargeKind = rows.chargeKind[row];
    const last = found[number];
    // Neighbours are nearly always of a kind.
    if (
      last === undefined ||
      last[0] !== environment ||
      last[1] !== service ||
      last[2] !== currency ||
      last[3] !== chargeKind
    ) {
      const key = `${environment} ${service} ${currency} ${chargeKind}`;
      number = numbers.get(key) ?? found.length;
      if (number === found.length) {
        numbers.set(key, number);
        found.push([environment, service, currency, chargeKind]);
      }
    }
    kindOf[row] = number;
  }
  const order = found
    .map((kind, index) => ({ kind, index }))
    .sort((a, b) => compareKinds(a.kind, b.kind));
  const rank = new Int32Array(found.length);
  order.forEach(({ index }, position) => {
    rank[index] = position;
  });
  return {
    entityOf,
    kindOf: kindOf.map(index => rank[index]),
    kinds: order.map(({ kind }) => kind),
  };
}

function compareKinds(a: Kind, b: Kind): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}

/** The position of each number among the distinct ones, in their order. */
function ranks(numbers: Int32Array): Map<number, number> {
  const distinct = Int32Array.from(new Set(numbers)).sort();
  return new Map(Array.from(distinct, (number, rank) => [number, rank]));
}

function monthsOf(firstDay: number, lastDay: number) {
  const names: string[] = [];
  const ofDay: number[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const month = monthOfDay(day);
    if (names[names.length - 1] !== month) {
      names.push(month);
    }
    ofDay.push(names.length - 1);
  }
  return { names, ofDay };
}

function columnsOf(
  generation: number,
  [entity, time]: [Int32Array, Values],
  kindOf: Int32Array,
  kinds: readonly Kind[],
  amounts: { effective: BigInt64Array; billed: BigInt64Array },
): Values[] {
  return [
    new Int32Array(entity.length).fill(generation),
    entity,
    time,
    ...[0, 1, 2, 3].map(part => kindOf.map(kind => kinds[kind][part])),
    amounts.effective,
    amounts.billed,
  ];
}
