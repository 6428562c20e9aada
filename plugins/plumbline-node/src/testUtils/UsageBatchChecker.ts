import type { CollectContext, DailyUsage, UsageBatch } from '../sources';
import type { BatchChecker, Outcome } from './SourceRules';

const MOST_ROWS = 5_000;

const DAY_MS = 86_400_000;

/**
 * Follows a source's batches and throws at the first that breaks the contract.
 *
 * @internal
 */
export class UsageBatchChecker implements BatchChecker<UsageBatch> {
  readonly outcomes: Outcome[] = [];
  readonly fingerprints = new Map<string, string>();
  #open: string | undefined;

  constructor(private readonly window: CollectContext['window']) {}

  get months(): string[] {
    return this.outcomes.map(({ month }) => month);
  }

  /** @throws Error when the batch breaks the contract */
  take(batch: UsageBatch): void {
    switch (batch.type) {
      case 'partition':
        this.#ensure(!this.#open, 'a partition begins in another one');
        this.#checkMonth(batch.partition);
        this.#open = batch.partition;
        break;
      case 'rows':
        this.#ensure(Boolean(this.#open), 'rows came outside of a partition');
        this.#ensure(
          batch.rows.length > 0 && batch.rows.length <= MOST_ROWS,
          `a batch has ${batch.rows.length} rows`,
        );
        batch.rows.forEach(row => this.#checkRow(row));
        break;
      case 'complete':
        this.#ensure(
          Boolean(this.#open),
          'complete came outside of a partition',
        );
        this.#ensure(batch.fingerprint !== '', 'the fingerprint is empty');
        this.#ensure(
          Number.isInteger(batch.rowsRead) && batch.rowsRead >= 0,
          `rowsRead is ${batch.rowsRead}`,
        );
        this.#ensure(
          batch.dataThrough === undefined ||
            Number.isInteger(batch.dataThrough),
          `dataThrough is ${batch.dataThrough}`,
        );
        this.fingerprints.set(batch.partition, batch.fingerprint);
        this.#close(batch);
        break;
      default:
        if (!this.#open) {
          this.#checkMonth(batch.partition);
        }
        this.#ensure(
          batch.type !== 'failed' || batch.problems.length > 0,
          'a failure says nothing',
        );
        this.#close(batch);
    }
  }

  /** @throws Error when a partition was left open */
  end(): void {
    this.#ensure(!this.#open, 'the source ended in the middle of a partition');
  }

  #checkMonth(month: string): void {
    const before = this.months.at(-1);
    this.#ensure(
      /^\d{4}-(0[1-9]|1[0-2])$/.test(month),
      `'${month}' is no month`,
    );
    this.#ensure(
      month >= this.window.from && month <= this.window.to,
      `${month} is not in the window`,
    );
    this.#ensure(!before || before < month, `${month} came after ${before}`);
  }

  #checkRow(row: DailyUsage): void {
    this.#ensure(
      /^[^:]+:[^/]+\/.+$/.test(row.entityRef),
      `'${row.entityRef}' is no entity reference; write it as kind:namespace/name`,
    );
    this.#ensure(
      /^[\w.:/-]{1,128}$/.test(row.metric),
      `'${row.metric}' is no name of a metric`,
    );
    this.#ensure(
      Number.isInteger(row.day) &&
        new Date(row.day * DAY_MS).toISOString().slice(0, 7) === this.#open,
      `day ${row.day} is not in the partition`,
    );
    this.#ensure(
      /^\d+(\.\d+)?$/.test(row.value),
      `'${row.value}' is no plain decimal number from 0 up`,
    );
  }

  #close(batch: Extract<UsageBatch, { cursor: string }>): void {
    this.#ensure(
      !this.#open || this.#open === batch.partition,
      `${batch.partition} ends while ${this.#open} is open`,
    );
    this.#ensure(batch.cursor !== '', 'a cursor is empty');
    this.outcomes.push({
      month: batch.partition,
      type: batch.type,
      cursor: batch.cursor,
    });
    this.#open = undefined;
  }

  #ensure(holds: boolean, message: string): void {
    if (!holds) {
      throw new Error(
        this.#open ? `Partition ${this.#open}: ${message}` : message,
      );
    }
  }
}
