import {
  addToRow,
  DAYS_OF_MONTH,
  firstDayOfMonth,
  monthOfDay,
  RowAmountError,
  SHARED_ENTITY_ID,
  type Values,
} from '../../database';
import type { CostColumns } from './CostColumns';

/** What one row of the table stands for. */
interface BucketKey {
  bucket: number;
  month: string;
  resource: number;
  service: number;
  currency: number;
  chargeKind: number;
}

/** The two buckets have the lowest keys of all entities. */
const isBucket = (entity: number) => entity <= SHARED_ENTITY_ID;

/**
 * Adds up those of a portion's resource rows that belong to no entity: by resource, service, kind and month, as
 * running totals by the day of the month.
 *
 * @param entityOf - the entity or bucket of each row
 * @param generation - of the entity rows
 * @returns columns of {@link BUCKET_COST}
 * @throws RowAmountError when a month of a resource is more than a row holds
 * @internal
 */
export function bucketRowsOf(
  rows: CostColumns,
  entityOf: Int32Array,
  generation: number,
): Values[] {
  const slots = new Map<string, number>();
  const keys: BucketKey[] = [];
  const slotOf = new Int32Array(rows.length).fill(-1);
  const dayOf = new Uint8Array(rows.length);
  const months = monthReader();
  for (let row = 0; row < rows.length; row++) {
    if (!isBucket(entityOf[row])) {
      continue;
    }
    const { month, day } = months(rows.day[row]);
    const key = `${entityOf[row]} ${month} ${rows.resource[row]} ${rows.service[row]} ${rows.currency[row]} ${rows.chargeKind[row]}`;
    let slot = slots.get(key);
    if (slot === undefined) {
      slot = keys.length;
      slots.set(key, slot);
      keys.push({
        bucket: entityOf[row],
        month,
        resource: rows.resource[row],
        service: rows.service[row],
        currency: rows.currency[row],
        chargeKind: rows.chargeKind[row],
      });
    }
    slotOf[row] = slot;
    dayOf[row] = day;
  }
  const days = new Int32Array(keys.length);
  const effective = amounts(keys.length);
  const billed = amounts(keys.length);
  for (let row = 0; row < rows.length; row++) {
    const slot = slotOf[row];
    if (slot >= 0) {
      const day = dayOf[row];
      days[slot] |= 1 << day;
      const fits = addToRow(effective[day], slot, rows.effective[row]);
      if (!addToRow(billed[day], slot, rows.billed[row]) || !fits) {
        throw tooLarge(keys[slot]);
      }
    }
  }
  accumulate(effective, keys);
  accumulate(billed, keys);
  const column = (part: Exclude<keyof BucketKey, 'month'>) =>
    Int32Array.from(keys, key => key[part]);
  return [
    new Int32Array(keys.length).fill(generation),
    column('bucket'),
    keys.map(({ month }) => month),
    column('resource'),
    column('service'),
    column('currency'),
    column('chargeKind'),
    days,
    ...effective,
    ...billed,
  ];
}

/** For each day of a month, an amount for each row. */
function amounts(rows: number): BigInt64Array[] {
  return Array.from({ length: DAYS_OF_MONTH }, () => new BigInt64Array(rows));
}

/** Makes running totals of amounts by day. */
function accumulate(byDay: BigInt64Array[], keys: readonly BucketKey[]): void {
  for (let day = 1; day < DAYS_OF_MONTH; day++) {
    for (let row = 0; row < byDay[day].length; row++) {
      if (!addToRow(byDay[day], row, byDay[day - 1][row])) {
        throw tooLarge(keys[row]);
      }
    }
  }
}

function tooLarge({ bucket, resource, service, currency }: BucketKey) {
  return new RowAmountError({ entity: bucket, resource, service, currency });
}

/** The month of a day, and which of it (from 0): looked up once a day. */
function monthReader() {
  const known = new Map<number, { month: string; day: number }>();
  return (day: number) => {
    let found = known.get(day);
    if (!found) {
      const month = monthOfDay(day);
      found = { month, day: day - firstDayOfMonth(month) };
      known.set(day, found);
    }
    return found;
  };
}
