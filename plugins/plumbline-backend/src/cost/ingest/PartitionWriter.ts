import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  BilledResource,
  BilledService,
  DailyCost,
  PartitionTotal,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  COUNTED_RESOURCE_COST_DAILY,
  firstDayOfMonth,
  fitsRow,
  MAX_BATCH,
  RESOURCE_COST_DAILY,
  RowAmountError,
  type PlumblineDatabase,
  type Values,
} from '../../database';
import { CostColumns } from '../materialise/CostColumns';
import { openGeneration } from '../materialise/generations';
import { nameAmount } from '../materialise/nameAmount';
import { keptRows, type ResourceRows } from '../materialise/ResourceRows';
import { CostContract } from './contract';
import { InFlight } from '../InFlight';
import type { DimensionStore } from './DimensionStore';
import { mergeRows } from './mergeRows';
import { roundingRest, type RowSums } from './rounding';

/** Rows of a partition that are kept in memory, to be added up by entity: up to 72 MB. */
const KEPT_ROWS = 2_000_000;

/** Writes the resource rows of one partition as a new generation, which nobody sees yet. @internal */
export class PartitionWriter {
  static async open(options: {
    database: PlumblineDatabase;
    dimensions: DimensionStore;
    source: string;
    sourceKey: number;
    ticket: string;
    month: Month;
    now: Date;
  }): Promise<PartitionWriter> {
    const { database, sourceKey, month } = options;
    const [partition] = await database
      .knex('cost_partition')
      .insert({ source_id: sourceKey, month })
      .onConflict(['source_id', 'month'])
      .merge(['month'])
      .returning('id');
    const generation = await openGeneration(
      database,
      partition.id,
      options.ticket,
    );
    return new PartitionWriter(
      database,
      options.dimensions,
      new CostContract(options.source, month),
      month,
      options.now,
      partition.id,
      generation,
    );
  }

  private readonly resources: number[] = [];
  private readonly services: number[] = [];
  private readonly sums = new Map<string, RowSums & { id: number }>();
  private readonly chargeKinds = new Map<string, number>();
  private rows = new CostColumns();
  /** How many of them are in the database. */
  private written = 0;
  /** Lines of the export behind each row that is not written yet. */
  private lines: number[] = [];
  /** Whether rows say how many lines they add up, as the first one did. */
  private counted: boolean | undefined;
  private readonly writing = new InFlight();
  /** A row that no database row holds: the partition is not taken. */
  private tooLarge: RowAmountError | undefined;
  /** Whether they are all there are. */
  private complete = true;
  /** Set once a key came twice: from then on every batch is merged. */
  private repeats = false;
  private firstDay = Infinity;
  private firstUsage = Infinity;
  private lastDay = -Infinity;

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly dimensions: DimensionStore,
    readonly contract: CostContract,
    readonly month: Month,
    private readonly now: Date,
    readonly partitionId: number,
    readonly generation: number,
  ) {}

  /** First and last day of the rows; absent where there are none. */
  get days(): { first?: number; last?: number } {
    return this.firstDay <= this.lastDay
      ? { first: this.firstDay, last: this.lastDay }
      : {};
  }

  /** First day of usage that is no correction; absent where there is none. */
  get firstUsageDay(): number | undefined {
    return this.firstUsage === Infinity ? undefined : this.firstUsage;
  }

  /** The rows that were written, where they are few enough to be kept. */
  get kept(): ResourceRows | undefined {
    return this.complete ? keptRows(this.rows) : undefined;
  }

  async addResources(resources: readonly BilledResource[]): Promise<void> {
    const ids = await this.dimensions.resourceIds(
      resources,
      this.month,
      this.now,
    );
    ids.forEach(id => this.resources.push(id));
  }

  async addServices(services: readonly BilledService[]): Promise<void> {
    const ids = await this.dimensions.serviceIds(services);
    ids.forEach(id => this.services.push(id));
  }

  /** @throws SourceContractError when a row breaks the contract */
  async addRows(rows: readonly DailyCost[]): Promise<void> {
    for (const row of rows) {
      this.contract.checkRow(row, this.resources.length, this.services.length);
      if (!fitsRow(row.effectiveNanos) || !fitsRow(row.billedNanos)) {
        this.tooLarge ??= new RowAmountError({
          resource: this.resources[row.resource],
          service: this.services[row.service],
          currency: await this.dimensions.currencyId(row.currency),
        });
        continue;
      }
      this.addLines(row.lines);
      const sums =
        this.sums.get(row.currency) ?? (await this.openCurrency(row.currency));
      sums.rows += 1;
      sums.effective += row.effectiveNanos;
      sums.billed += row.billedNanos;
      this.firstDay = Math.min(this.firstDay, row.day);
      this.lastDay = Math.max(this.lastDay, row.day);
      if (row.category === 'Usage' && !row.correction) {
        this.firstUsage = Math.min(this.firstUsage, row.day);
      }
      this.rows.push(
        this.resources[row.resource],
        row.day,
        this.services[row.service],
        sums.id,
        this.chargeKinds.get(chargeKindKey(row)) ??
          (await this.openChargeKind(row)),
        row.effectiveNanos,
        row.billedNanos,
      );
      if (this.rows.length === this.written + MAX_BATCH) {
        await this.flush();
      }
    }
  }

  /**
   * Writes what is left, and for each currency a row with what rounding took, so that the rows add up to the
   * exact totals.
   *
   * @returns a sentence where the totals can't have been made from these rows
   * @throws SourceContractError when a currency has no total, or more than one
   */
  async close(totals: readonly PartitionTotal[]): Promise<string | undefined> {
    if (this.tooLarge) {
      const named = await nameAmount(this.database, this.month, this.tooLarge);
      return named.message;
    }
    const byCurrency = new Map(totals.map(total => [total.currency, total]));
    if (byCurrency.size !== totals.length) {
      this.contract.breach('a currency has more than one total');
    }
    for (const currency of this.sums.keys()) {
      if (!byCurrency.has(currency)) {
        this.contract.breach(`there are rows but no total in ${currency}`);
      }
    }
    for (const total of totals) {
      this.contract.checkCurrency(total.currency);
      const sums = this.sums.get(total.currency) ?? {
        rows: 0,
        effective: 0n,
        billed: 0n,
      };
      const rest = roundingRest(total, sums);
      if (!rest) {
        return `The rows in ${total.currency} don't add up to the total the source gives (effective ${total.effective}, billed ${total.billed}); the old data stays`;
      }
      if (rest.effective !== 0n || rest.billed !== 0n) {
        await this.addRest(total.currency, rest.effective, rest.billed);
      }
    }
    await this.flush();
    await this.writing.end();
    return undefined;
  }

  private addLines(lines: number | undefined): void {
    this.counted ??= lines !== undefined;
    this.contract.checkLines(lines, this.counted);
    this.lines.push(lines ?? 0);
  }

  /** Waits until nothing is written any more; for a partition that is given up. */
  async settled(): Promise<void> {
    await this.writing.settled();
  }

  private async addRest(
    currency: string,
    effective: bigint,
    billed: bigint,
  ): Promise<void> {
    const [resource] = await this.dimensions.resourceIds(
      [{ provider: '', accountId: '', resourceId: '', tags: {} }],
      this.month,
      this.now,
    );
    const [service] = await this.dimensions.serviceIds([
      { provider: '', name: 'Rounding' },
    ]);
    this.rows.push(
      resource,
      this.days.first ?? firstDayOfMonth(this.month),
      service,
      await this.dimensions.currencyId(currency),
      await this.dimensions.chargeKindId('Rounding', false, ''),
      effective,
      billed,
    );
    this.lines.push(0);
  }

  private async openCurrency(code: string) {
    this.contract.checkCurrency(code);
    const sums = {
      id: await this.dimensions.currencyId(code),
      rows: 0,
      effective: 0n,
      billed: 0n,
    };
    this.sums.set(code, sums);
    return sums;
  }

  private async openChargeKind(row: DailyCost): Promise<number> {
    const commitment = row.commitment ?? '';
    this.contract.checkChargeKind(row.category, commitment);
    const id = await this.dimensions.chargeKindId(
      row.category,
      row.correction,
      commitment,
    );
    this.chargeKinds.set(chargeKindKey(row), id);
    return id;
  }

  private async flush(): Promise<void> {
    const { rows, written } = this;
    this.written = rows.length;
    const values = [
      ...pick(rows, this.generation, written, rows.length),
      ...(this.counted ? [Int32Array.from(this.lines)] : []),
    ];
    this.lines = [];
    await this.writing.start(() => this.insert(values));
    if (rows.length > KEPT_ROWS) {
      this.rows = new CostColumns();
      this.written = 0;
      this.complete = false;
    }
  }

  private async insert(values: Values[]): Promise<void> {
    const { name, columns, primaryKey, addUp } = this.counted
      ? COUNTED_RESOURCE_COST_DAILY
      : RESOURCE_COST_DAILY;
    if (!this.repeats) {
      try {
        await this.database.insertColumns(name, columns, values);
        return;
      } catch (error) {
        if (!this.database.dialect.isUniqueViolation(error)) {
          throw error;
        }
        this.repeats = true;
      }
    }
    try {
      await this.database.insertColumns(
        name,
        columns,
        mergeRows(values, primaryKey.length),
        addUp,
      );
    } catch (error) {
      throw this.database.dialect.isOutOfRange(error)
        ? new RowAmountError()
        : error;
    }
  }
}

/** Some of the rows, in the order of the table's columns. */
function pick(
  rows: CostColumns,
  generation: number,
  from: number,
  to: number,
): Values[] {
  return [
    new Int32Array(to - from).fill(generation),
    rows.resource.slice(from, to),
    rows.day.slice(from, to),
    rows.service.slice(from, to),
    rows.currency.slice(from, to),
    rows.chargeKind.slice(from, to),
    rows.effective.slice(from, to),
    rows.billed.slice(from, to),
  ];
}

function chargeKindKey(row: DailyCost): string {
  return `${row.category}|${row.correction}|${row.commitment ?? ''}`;
}
