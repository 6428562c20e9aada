import { firstDayOfMonth, monthOfDay } from '../../database';

/** Cost that a rule takes, as entity rows would have it. @internal */
export interface PoolEntry {
  day: number;
  environment: number;
  service: number;
  chargeKind: number;
  effective: bigint;
  billed: bigint;
}

/** Entries that are shared out by the same weights. @internal */
export interface Pool {
  /** Position of the rule among those of the plan. */
  rule: number;
  /** Whose the cost is: an entity or a bucket. */
  from: number;
  /** Account or provider that the consumers must have usage with; empty for any. */
  scope: string;
  currency: number;
  month: string;
  entries: Map<string, PoolEntry>;
}

/**
 * What rules take, added up: parts are made of sums, so that it does not matter in which order lines come, nor
 * on how many resources.
 *
 * @internal
 */
export class SharePools {
  private readonly pools = new Map<string, Pool>();

  add(
    key: Pick<Pool, 'rule' | 'from' | 'scope' | 'currency'>,
    entry: Readonly<PoolEntry>,
  ): void {
    const { rule, from, scope, currency } = key;
    const month = monthOfDay(entry.day);
    const name = `${rule} ${from} ${currency} ${month} ${scope}`;
    let pool = this.pools.get(name);
    if (!pool) {
      pool = { rule, from, scope, currency, month, entries: new Map() };
      this.pools.set(name, pool);
    }
    addEntry(pool.entries, entry);
  }

  /** The pools in an order of their own. */
  all(): Pool[] {
    return [...this.pools]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, pool]) => pool);
  }
}

function addEntry(
  entries: Map<string, PoolEntry>,
  entry: Readonly<PoolEntry>,
): void {
  const { day, environment, service, chargeKind } = entry;
  const name = `${day} ${environment} ${service} ${chargeKind}`;
  const known = entries.get(name);
  if (known) {
    known.effective += entry.effective;
    known.billed += entry.billed;
  } else {
    entries.set(name, { ...entry });
  }
}

/** The entries of a pool with the days of the month as one: its first. @internal */
export function withoutDays({ month, entries }: Pool): PoolEntry[] {
  const day = firstDayOfMonth(month);
  const merged = new Map<string, PoolEntry>();
  for (const entry of entries.values()) {
    addEntry(merged, { ...entry, day });
  }
  return [...merged.values()];
}
