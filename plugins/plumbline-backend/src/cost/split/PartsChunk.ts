import { fitsRow, RowAmountError } from '../../database';
import type { Allocation } from '../materialise/Allocations';
import { CostColumns } from '../materialise/CostColumns';
import type { Allocating } from '../materialise/entityRows';

/** Who bears parts, where, of whose cost and by which rule. @internal */
export interface PartHolder {
  entity: number;
  environment: number;
  /** Whose it was. */
  from: number;
  /** Row of the `share_rule` table. */
  rule: number;
}

/** Parts as resource rows would be: each holder is one "resource". @internal */
export interface SplitParts {
  rows: CostColumns;
  allocations: Allocating;
  /** By their number. */
  holders: readonly PartHolder[];
}

/** Collects parts by holder. @internal */
export class PartsChunk implements SplitParts {
  readonly rows = new CostColumns();
  readonly allocations: SplitParts['allocations'];
  readonly holders: (Allocation & PartHolder)[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(unknownEnvironment: number) {
    this.allocations = {
      find: number => this.holders[number],
      bucket: () => 0,
      unknownEnvironment,
    };
  }

  add(
    holder: PartHolder,
    currency: number,
    entry: { day: number; service: number; chargeKind: number },
    effective: bigint,
    billed: bigint,
  ): void {
    if (effective === 0n && billed === 0n) {
      return;
    }
    const { entity, environment, from, rule } = holder;
    if (!fitsRow(effective) || !fitsRow(billed)) {
      throw new RowAmountError({ entity, service: entry.service, currency });
    }
    const name = `${entity} ${environment} ${from} ${rule}`;
    const number = this.numbers.get(name) ?? this.holders.length;
    if (number === this.holders.length) {
      this.numbers.set(name, number);
      this.holders.push({
        ...holder,
        fromDay: -Infinity,
        toDay: Infinity,
        restOfAccount: false,
      });
    }
    const { day, service, chargeKind } = entry;
    this.rows.push(
      number,
      day,
      service,
      currency,
      chargeKind,
      effective,
      billed,
    );
  }
}
