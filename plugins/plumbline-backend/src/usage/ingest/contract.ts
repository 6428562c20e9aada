import { isError } from '@backstage/errors';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { DailyUsage } from '@plumbline/backstage-plugin-plumbline-node';
import { SourceContractError } from '../../collect/errors';
import { endDayOfMonth, firstDayOfMonth, isMonth } from '../../database';
import { toMillionths } from '../millionths';

/** A row that keeps the contract. @internal */
export interface CheckedUsage {
  entityRef: EntityRef;
  metric: string;
  day: number;
  /** Millionths. */
  value: bigint;
}

/**
 * What a usage source must keep to. Each breach names the source and the partition.
 *
 * @internal
 */
export class UsageContract {
  readonly #source: string;
  readonly #month: string;

  constructor(source: string, month: string) {
    this.#source = source;
    this.#month = month;
    if (!isMonth(month)) {
      this.breach('it is no month (YYYY-MM)');
    }
  }

  /** @throws SourceContractError always */
  breach(message: string): never {
    throw new SourceContractError(
      `Source '${this.#source}', partition ${this.#month}: ${message}`,
    );
  }

  /** @throws SourceContractError when the row isn't one of the contract */
  check(row: DailyUsage): CheckedUsage {
    if (
      !Number.isInteger(row.day) ||
      row.day < firstDayOfMonth(this.#month) ||
      row.day >= endDayOfMonth(this.#month)
    ) {
      this.breach(`a row has day ${row.day}, which is not in this month`);
    }
    if (!/^[\w.:/-]{1,128}$/.test(row.metric)) {
      this.breach(
        `'${row.metric}' is no name of a metric; use letters, digits and ._:/-`,
      );
    }
    try {
      return {
        entityRef: toEntityRef(row.entityRef),
        metric: row.metric,
        day: row.day,
        value: toMillionths(row.value),
      };
    } catch (error) {
      return this.breach(isError(error) ? error.message : String(error));
    }
  }
}
