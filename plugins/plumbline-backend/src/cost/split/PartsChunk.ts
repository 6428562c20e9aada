import type { Allocation } from '../materialise/Allocations';
import { CostColumns } from '../materialise/CostColumns';
import type { Allocating } from '../materialise/entityRows';

/** Parts as resource rows would be: each entity and environment is one "resource". @internal */
export interface SplitParts {
  rows: CostColumns;
  allocations: Allocating;
}

/** Collects parts by entity and environment. @internal */
export class PartsChunk implements SplitParts {
  readonly rows = new CostColumns();
  readonly allocations: SplitParts['allocations'];
  private readonly numbers = new Map<string, number>();
  private readonly holders: Allocation[] = [];

  constructor(unknownEnvironment: number) {
    this.allocations = {
      find: number => this.holders[number],
      bucket: () => 0,
      unknownEnvironment,
    };
  }

  add(
    entity: number,
    environment: number,
    currency: number,
    entry: { day: number; service: number; chargeKind: number },
    effective: bigint,
    billed: bigint,
  ): void {
    if (effective === 0n && billed === 0n) {
      return;
    }
    const name = `${entity} ${environment}`;
    const number = this.numbers.get(name) ?? this.holders.length;
    if (number === this.holders.length) {
      this.numbers.set(name, number);
      this.holders.push({
        fromDay: -Infinity,
        toDay: Infinity,
        entity,
        environment,
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
