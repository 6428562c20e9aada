import { dayOfDate } from '../calendar';

/**
 * A charge of the same amount on each of its days.
 *
 * @public
 */
export interface BillCharge {
  account: string;
  /** First day, `YYYY-MM-DD`. */
  from: string;
  /** Last day; the first where absent. */
  to?: string;
  service: string;
  /** As Cost Explorer writes it; `Usage` where absent. */
  recordType?: string;
  /** USD where absent. */
  currency?: string;
  tags?: Record<string, string>;
  costCategories?: Record<string, string>;
  /** Amortised cost of a day, a decimal. */
  amortized: string;
  /** Unblended cost of a day; the amortised one where absent. */
  unblended?: string;
}

/**
 * What a Cost Explorer knows.
 *
 * @public
 */
export interface CostExplorerBill {
  charges: BillCharge[];
  accountNames?: Record<string, string>;
  /** Active cost-allocation tags; all that charges carry where absent. */
  tagKeys?: string[];
}

/** One day of a charge. @internal */
export interface DayCharge extends BillCharge {
  day: number;
}

/** The days of charges in a period, the end exclusive, by day. @internal */
export function chargesOf(
  { charges }: CostExplorerBill,
  first: number,
  end: number,
): Map<number, DayCharge[]> {
  const days = new Map<number, DayCharge[]>();
  for (let day = first; day < end; day++) {
    days.set(day, []);
  }
  for (const charge of charges) {
    const from = Math.max(first, dayOfDate(charge.from));
    const last = Math.min(end - 1, dayOfDate(charge.to ?? charge.from));
    for (let day = from; day <= last; day++) {
      days.get(day)?.push({ ...charge, day });
    }
  }
  return days;
}

/** Keys of the tags that are active, in order. @internal */
export function activeTags({ charges, tagKeys }: CostExplorerBill): string[] {
  return (
    tagKeys ?? [
      ...new Set(charges.flatMap(({ tags }) => Object.keys(tags ?? {}))),
    ]
  ).sort();
}
