import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type { DailyCost } from '@plumbline/backstage-plugin-plumbline-node';
import { SourceContractError } from '../../collect/errors';
import { endDayOfMonth, firstDayOfMonth } from '../../database';

const CATEGORIES = new Set<string>([
  'Usage',
  'Purchase',
  'Tax',
  'Credit',
  'Adjustment',
]);

/** Corrections may reach far back, and purchases far ahead; more than this is a fault. */
const DAYS_BEFORE = 3_653;
const DAYS_AFTER = 1_131;

/**
 * What a cost source must keep to. Each breach names the source and the partition.
 *
 * @internal
 */
export class CostContract {
  private readonly firstDay: number;
  private readonly endDay: number;

  constructor(private readonly source: string, private readonly month: Month) {
    this.firstDay = firstDayOfMonth(month) - DAYS_BEFORE;
    this.endDay = endDayOfMonth(month) + DAYS_AFTER;
  }

  /** @throws SourceContractError always */
  breach(message: string): never {
    throw new SourceContractError(
      `Source '${this.source}', partition ${this.month}: ${message}`,
    );
  }

  /**
   * @param resources - how many were announced
   * @param services - how many were announced
   * @throws SourceContractError when the row isn't one of the contract
   */
  checkRow(row: DailyCost, resources: number, services: number): void {
    if (!isIndex(row.resource, resources)) {
      this.breach(
        `a row names resource ${row.resource}, of ${resources} announced`,
      );
    }
    if (!isIndex(row.service, services)) {
      this.breach(
        `a row names service ${row.service}, of ${services} announced`,
      );
    }
    if (
      !Number.isInteger(row.day) ||
      row.day < this.firstDay ||
      row.day >= this.endDay
    ) {
      this.breach(`a row has day ${row.day}, far from its billing month`);
    }
    if (
      typeof row.effectiveNanos !== 'bigint' ||
      typeof row.billedNanos !== 'bigint'
    ) {
      this.breach('a row has an amount that is no bigint');
    }
  }

  /**
   * @param counted - whether the partition's rows say how many lines they add up
   * @throws SourceContractError when this one differs, or it is no count
   */
  checkLines(lines: number | undefined, counted: boolean): void {
    if ((lines !== undefined) !== counted) {
      this.breach('some rows say how many lines they add up, others do not');
    }
    if (lines !== undefined && !(Number.isInteger(lines) && lines >= 0)) {
      this.breach(`a row adds up ${lines} lines`);
    }
  }

  /** @throws SourceContractError when it is no currency code */
  checkCurrency(code: string): void {
    if (!/^[A-Z][A-Z0-9]{2,15}$/.test(code)) {
      this.breach(`'${code}' is no currency code such as USD`);
    }
  }

  /** @throws SourceContractError when it is no category or commitment status of FOCUS */
  checkChargeKind(category: string, commitment: string): void {
    if (!CATEGORIES.has(category)) {
      this.breach(`'${category}' is no FOCUS ChargeCategory`);
    }
    if (!['', 'Used', 'Unused'].includes(commitment)) {
      this.breach(`'${commitment}' is no FOCUS CommitmentDiscountStatus`);
    }
  }
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
