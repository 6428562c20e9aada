import type {
  BilledResource,
  BilledService,
  ChargeCategory,
  CostBatch,
  DailyCost,
  PartitionTotal,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { Cost } from '../money';
import { NanoCarry, NO_COST, plus } from '../money';

const BATCH = 5_000;

/** A charge on a resource. @internal */
export interface Charge extends Cost {
  resource: BilledResource;
  service: string;
  day: number;
  currency: string;
  category: ChargeCategory;
  commitment?: 'Used' | 'Unused';
}

interface Entry extends Charge {
  resourceAt: number;
  serviceAt: number;
}

/**
 * Takes the charges of a month, adds up those alike, and gives them as batches.
 *
 * @internal
 */
export class MonthLedger {
  private readonly resources = new Map<string, number>();
  private readonly billed: BilledResource[] = [];
  private readonly services = new Map<string, number>();
  private readonly entries = new Map<string, Entry>();

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  add(charge: Charge): void {
    const { accountId, resourceId } = charge.resource;
    const resourceAt = position(
      this.resources,
      JSON.stringify([accountId, resourceId]),
    );
    this.billed[resourceAt] ??= charge.resource;
    const serviceAt = position(this.services, charge.service);
    const key = [
      serviceAt,
      charge.currency,
      resourceAt,
      charge.day,
      charge.category,
      charge.commitment,
    ].join('|');
    const entry = this.entries.get(key);
    if (entry) {
      Object.assign(entry, plus(entry, charge));
    } else {
      this.entries.set(key, { ...charge, resourceAt, serviceAt });
    }
  }

  /** Exact sums by currency. */
  totals(): PartitionTotal[] {
    const sums = new Map<string, Cost>();
    for (const entry of this.entries.values()) {
      sums.set(
        entry.currency,
        plus(sums.get(entry.currency) ?? NO_COST, entry),
      );
    }
    return [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, { effective, billed }]) => ({
        currency,
        effective: effective.toFixed(),
        billed: billed.toFixed(),
      }));
  }

  /** All of it in a form that is the same whenever the content is. */
  content(): unknown {
    return this.sorted().map(entry => [
      entry.resource,
      entry.service,
      entry.day,
      entry.currency,
      entry.category,
      entry.commitment,
      entry.effective.toFixed(),
      entry.billed.toFixed(),
    ]);
  }

  *batches(): Generator<CostBatch> {
    for (let at = 0; at < this.billed.length; at += BATCH) {
      yield {
        type: 'resources',
        resources: this.billed.slice(at, at + BATCH),
      };
    }
    yield {
      type: 'services',
      services: [...this.services.keys()].map(
        (name): BilledService => ({ provider: 'AWS', name }),
      ),
    };
    const rows = this.rows();
    for (let at = 0; at < rows.length; at += BATCH) {
      yield { type: 'rows', rows: rows.slice(at, at + BATCH) };
    }
  }

  /** What rounding leaves is carried along the rows of one service and currency. */
  private rows(): DailyCost[] {
    const carries = new Map<
      string,
      { effective: NanoCarry; billed: NanoCarry }
    >();
    return this.sorted().map(entry => {
      const key = `${entry.serviceAt}|${entry.currency}`;
      const carry = carries.get(key) ?? {
        effective: new NanoCarry(),
        billed: new NanoCarry(),
      };
      carries.set(key, carry);
      return {
        resource: entry.resourceAt,
        service: entry.serviceAt,
        day: entry.day,
        currency: entry.currency,
        category: entry.category,
        correction: false,
        commitment: entry.commitment,
        effectiveNanos: carry.effective.next(entry.effective),
        billedNanos: carry.billed.next(entry.billed),
      };
    });
  }

  private sorted(): Entry[] {
    const key = (entry: Entry) =>
      [
        entry.resource.accountId,
        entry.resource.resourceId,
        entry.day,
        entry.service,
        entry.currency,
        entry.category,
        entry.commitment ?? '',
      ].join('\u0000');
    return [...this.entries.values()]
      .map(entry => ({ entry, key: key(entry) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ entry }) => entry);
  }
}

function position(positions: Map<string, number>, key: string): number {
  const known = positions.get(key);
  if (known !== undefined) {
    return known;
  }
  positions.set(key, positions.size);
  return positions.size - 1;
}
