import type { CollectContext, CostBatch, DailyCost } from '../sources';
import type { BatchChecker, Outcome } from './SourceRules';

type Complete = Extract<CostBatch, { type: 'complete' }>;

/** Decimal places that totals are compared with; more are cut. */
const PLACES = 27;
const SCALE_OF_NANO = 10n ** BigInt(PLACES - 9);

const MOST_ROWS = 5_000;
const CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];
const BIGINT_MAX = 2n ** 63n - 1n;

interface Sums {
  rows: bigint;
  effective: bigint;
  billed: bigint;
}

/**
 * Follows a source's batches and throws at the first that breaks the contract.
 *
 * @internal
 */
export class CostBatchChecker implements BatchChecker<CostBatch> {
  readonly outcomes: Outcome[] = [];
  readonly fingerprints = new Map<string, string>();
  private open:
    | {
        month: string;
        resources: number;
        services: number;
        sums: Map<string, Sums>;
        /** Of all rows; undefined where the first of them did not say. */
        lines?: number;
        rows: number;
      }
    | undefined;

  constructor(private readonly window: CollectContext['window']) {}

  get months(): string[] {
    return this.outcomes.map(({ month }) => month);
  }

  /** @throws Error when the batch breaks the contract */
  take(batch: CostBatch): void {
    switch (batch.type) {
      case 'partition':
        this.ensure(!this.open, 'a partition begins in another one');
        this.checkMonth(batch.partition);
        this.open = {
          month: batch.partition,
          resources: 0,
          services: 0,
          sums: new Map(),
          rows: 0,
        };
        break;
      case 'resources':
        for (const { provider, resourceId, accountId } of batch.resources) {
          this.ensure(
            Boolean(provider) &&
              typeof resourceId === 'string' &&
              typeof accountId === 'string',
            'a resource lacks provider, account or id',
          );
        }
        this.opened('resources').resources += batch.resources.length;
        break;
      case 'services':
        this.ensure(
          batch.services.every(({ provider, name }) => provider && name),
          'a service lacks provider or name',
        );
        this.opened('services').services += batch.services.length;
        break;
      case 'rows':
        this.checkRows(batch.rows);
        break;
      case 'complete':
        this.checkTotals(batch);
        this.fingerprints.set(batch.partition, batch.fingerprint);
        this.close(batch);
        break;
      default:
        if (!this.open) {
          this.checkMonth(batch.partition);
        }
        this.close(batch);
    }
  }

  /** @throws Error when a partition was left open */
  end(): void {
    this.ensure(!this.open, 'the source ended in the middle of a partition');
  }

  private opened(what: string) {
    if (!this.open) {
      throw new Error(`${what} came outside of a partition`);
    }
    return this.open;
  }

  private checkMonth(month: string): void {
    const before = this.outcomes[this.outcomes.length - 1]?.month;
    this.ensure(
      /^\d{4}-(0[1-9]|1[0-2])$/.test(month),
      `'${month}' is no month`,
    );
    this.ensure(
      month >= this.window.from && month <= this.window.to,
      `${month} is not in the window`,
    );
    this.ensure(!before || before < month, `${month} came after ${before}`);
  }

  private checkRows(rows: DailyCost[]): void {
    const open = this.opened('rows');
    this.ensure(
      rows.length > 0 && rows.length <= MOST_ROWS,
      `a batch has ${rows.length} rows`,
    );
    for (const row of rows) {
      this.ensure(
        isIndex(row.resource, open.resources) &&
          isIndex(row.service, open.services),
        `a row names resource ${row.resource} and service ${row.service}; ${open.resources} and ${open.services} were announced`,
      );
      this.ensure(Number.isInteger(row.day), `'${row.day}' is no day`);
      this.ensure(
        CATEGORIES.includes(row.category),
        `'${row.category}' is no ChargeCategory`,
      );
      this.ensure(
        isNanos(row.effectiveNanos) && isNanos(row.billedNanos),
        'an amount is no 64-bit integer',
      );
      this.checkLines(row.lines);
      const sums = open.sums.get(row.currency) ?? {
        rows: 0n,
        effective: 0n,
        billed: 0n,
      };
      open.sums.set(row.currency, sums);
      sums.rows += 1n;
      sums.effective += row.effectiveNanos;
      sums.billed += row.billedNanos;
    }
  }

  private checkLines(lines: number | undefined): void {
    const open = this.opened('rows');
    this.ensure(
      lines === undefined || (Number.isInteger(lines) && lines > 0),
      `a row adds up ${lines} lines`,
    );
    this.ensure(
      open.rows === 0 || (open.lines === undefined) === (lines === undefined),
      'some rows say how many lines they add up, others do not',
    );
    open.rows += 1;
    open.lines = lines === undefined ? undefined : (open.lines ?? 0) + lines;
  }

  /** What a person can check the figures by. */
  private checkProvenance(batch: Complete): void {
    const { lines } = this.opened('complete');
    this.ensure(
      lines === undefined || lines === batch.rowsRead,
      `the rows add up ${lines} lines of ${batch.rowsRead} read`,
    );
    const counted = batch.origins?.map(({ rows }) => rows) ?? [];
    this.ensure(
      batch.origins?.every(({ name }) => name !== '') ?? true,
      'an origin has no name',
    );
    if (counted.length > 0 && counted.every(rows => rows !== undefined)) {
      const sum = counted.reduce<number>((all, rows) => all + (rows ?? 0), 0);
      this.ensure(
        sum === batch.rowsRead,
        `the origins have ${sum} lines, ${batch.rowsRead} were read`,
      );
    }
    for (const total of batch.invoices ? batch.totals : []) {
      const named = (batch.invoices ?? [])
        .filter(({ currency }) => currency === total.currency)
        .reduce((sum, { billed }) => sum + parse(billed), 0n);
      this.ensure(
        named === parse(total.billed),
        `the invoices in ${total.currency} do not add up to the billed total ${total.billed}`,
      );
    }
  }

  private checkTotals(batch: Complete): void {
    const open = this.opened('complete');
    this.checkProvenance(batch);
    this.ensure(batch.fingerprint !== '', 'the fingerprint is empty');
    this.ensure(
      Number.isInteger(batch.rowsRead) && batch.rowsRead >= 0,
      `rowsRead is ${batch.rowsRead}`,
    );
    this.ensure(
      batch.dataThrough === undefined || Number.isInteger(batch.dataThrough),
      `dataThrough is ${batch.dataThrough}`,
    );
    const currencies = batch.totals.map(({ currency }) => currency).sort();
    this.ensure(
      currencies.join() === [...open.sums.keys()].sort().join(),
      `totals are in '${currencies}', rows in '${[...open.sums.keys()]}'`,
    );
    for (const total of batch.totals) {
      const sums = open.sums.get(total.currency);
      for (const basis of ['effective', 'billed'] as const) {
        const exact = parse(total[basis]);
        const summed = (sums?.[basis] ?? 0n) * SCALE_OF_NANO;
        const off = exact > summed ? exact - summed : summed - exact;
        // Each row may be off by half a nano.
        this.ensure(
          2n * off <= (sums?.rows ?? 0n) * SCALE_OF_NANO,
          `the ${basis} total ${total[basis]} ${total.currency} is not the sum of the rows, ${sums?.[basis]} nanos`,
        );
      }
    }
  }

  private close(
    batch: Extract<CostBatch, { cursor: string; partition: string }>,
  ): void {
    this.ensure(
      !this.open || this.open.month === batch.partition,
      `${batch.partition} ends while ${this.open?.month} is open`,
    );
    this.ensure(batch.cursor !== '', 'a cursor is empty');
    if (batch.type !== 'unchanged') {
      this.ensure(
        batch.problems.every(({ message }) => message !== '') &&
          (batch.type !== 'failed' || batch.problems.length > 0),
        'a failure says nothing',
      );
    }
    this.outcomes.push({
      month: batch.partition,
      type: batch.type,
      cursor: batch.cursor,
    });
    this.open = undefined;
  }

  private ensure(holds: boolean, message: string): void {
    if (!holds) {
      throw new Error(
        this.open ? `Partition ${this.open.month}: ${message}` : message,
      );
    }
  }
}

function parse(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) {
    throw new Error(`'${decimal}' is no decimal`);
  }
  const [, sign, whole, fraction = ''] = match;
  const units = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'));
  return sign ? -units : units;
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}

function isNanos(value: bigint): boolean {
  return (
    typeof value === 'bigint' &&
    value <= BIGINT_MAX &&
    value >= -BIGINT_MAX - 1n
  );
}
