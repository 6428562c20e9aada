import { NotFoundError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CollectContext,
  CostBatch,
  CostSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { FocusExport } from './config';
import { FocusReadError } from './FocusReadError';
import { fingerprintOf, monthsWithin, withMonths } from './layout/fingerprint';
import { shrinkage, withVanished } from './layout/losses';
import { planUnits, type ReadUnit } from './layout/planUnits';
import { writtenAt } from './layout/written';
import { lastCompleteDay } from './read/dataThrough';
import { invoicesOf } from './read/invoicesOf';
import { lineQueryOf } from './read/lineQuery';
import { originsOf } from './read/originsOf';
import { monthsOf, readMonth, summarise } from './read/readMonth';
import { readUnit, type LinesRead } from './read/readUnit';
import { sweepWorkspaces } from './read/sweepWorkspaces';
import { SourceAccessError } from './SourceAccessError';
import type { ExportStorage } from './storage/ExportStorage';

/**
 * A FOCUS billing export as a source of cost: a partition is a billing month.
 *
 * @internal
 */
export class FocusSource implements CostSource {
  static create(options: {
    export: FocusExport;
    storage: ExportStorage;
  }): FocusSource {
    return new FocusSource(options.export, options.storage);
  }

  readonly id: string;
  readonly title: string;
  readonly schedule: CostSource['schedule'];
  /** Objects of a bucket are no paid API: an import costs a few hundredths of a cent. */
  readonly paidCallsPerDay = 0;
  readonly restatedMonths: number;

  private constructor(
    private readonly focusExport: FocusExport,
    private readonly storage: ExportStorage,
  ) {
    this.id = `focus:${focusExport.name}`;
    this.title = focusExport.title;
    this.schedule = focusExport.schedule;
    this.restatedMonths = focusExport.restatedMonths;
  }

  async *collect(context: CollectContext): AsyncGenerator<CostBatch> {
    const { signal } = context;
    signal.throwIfAborted();
    await sweepWorkspaces(this.focusExport.limits, context.logger);
    const files = await this.storage.list(signal);
    const units = await planUnits(files, file =>
      this.storage.readText(file, signal),
    );
    if (units.length === 0) {
      throw new NotFoundError(
        `No .parquet, .csv or .csv.gz file lies in ${this.storage.location}. Check where the export is delivered.`,
      );
    }
    const batches = this.collectUnits(units, context);
    const months = units.flatMap(({ month }) => month ?? []);
    yield* months.length > 0 ? withVanished(batches, months, context) : batches;
  }

  private async *collectUnits(
    units: ReadUnit[],
    context: CollectContext,
  ): AsyncGenerator<CostBatch> {
    for (const unit of units) {
      context.signal.throwIfAborted();
      yield* this.collectUnit(unit, context);
    }
  }

  private async *collectUnit(
    unit: ReadUnit,
    context: CollectContext,
  ): AsyncGenerator<CostBatch> {
    const fingerprint = fingerprintOf(unit.files);
    const months = unit.month
      ? [unit.month]
      : monthsPublished(context, fingerprint);
    if (months && !months.some(month => isWanted(month, context))) {
      return;
    }
    const stale = (month: string) =>
      !context.published.get(month)?.startsWith(fingerprint);
    if (
      months &&
      !months.some(month => isWanted(month, context) && stale(month))
    ) {
      for (const month of months.filter(item => isWanted(item, context))) {
        yield { type: 'unchanged', partition: month, cursor: month };
      }
      return;
    }
    yield* this.readUnit(unit, fingerprint, context);
  }

  private async *readUnit(
    unit: ReadUnit,
    fingerprint: string,
    context: CollectContext,
  ): AsyncGenerator<CostBatch> {
    let read: LinesRead | undefined;
    try {
      read = await readUnit(
        this.storage,
        unit,
        this.focusExport.limits,
        context.signal,
      );
      if (unit.month) {
        yield* readPartition(read, unit, unit.month, fingerprint, context);
      } else {
        const months = await monthsOf(read.workspace);
        const mark =
          months.length > 0 ? withMonths(fingerprint, months) : fingerprint;
        yield* withVanished(
          readPartitions(read, unit, months, mark, context),
          months,
          context,
        );
      }
    } catch (error) {
      if (
        !(error instanceof FocusReadError || error instanceof SourceAccessError)
      ) {
        throw error;
      }
      yield* failures(unit, context, error.problems);
    } finally {
      await read?.workspace.dispose();
    }
  }
}

async function* readPartitions(
  read: LinesRead,
  unit: ReadUnit,
  months: string[],
  fingerprint: string,
  context: CollectContext,
): AsyncGenerator<CostBatch> {
  for (const month of months.filter(item => isWanted(item, context))) {
    if (context.published.get(month) === fingerprint) {
      yield { type: 'unchanged', partition: month, cursor: month };
    } else {
      yield* readPartition(read, unit, month, fingerprint, context);
    }
  }
}

async function* readPartition(
  read: LinesRead,
  unit: ReadUnit,
  month: string,
  fingerprint: string,
  { published }: CollectContext,
): AsyncGenerator<CostBatch> {
  const { workspace, shapes } = read;
  let summary;
  try {
    summary = await summarise(workspace, month);
  } catch (error) {
    if (!(error instanceof FocusReadError)) {
      throw error;
    }
    yield {
      type: 'failed',
      partition: month,
      problems: error.problems,
      cursor: month,
    };
    return;
  }
  const problems = [
    ...unit.problems,
    ...shrinkage(month, published.get(month), fingerprint),
    ...summary.problems,
  ];
  const { usage } = summary;
  yield { type: 'partition', partition: month };
  yield* readMonth(workspace, month, problems);
  yield {
    type: 'complete',
    partition: month,
    fingerprint,
    totals: summary.totals,
    rowsRead: summary.lines,
    dataThrough:
      usage &&
      lastCompleteDay(
        usage,
        month,
        writtenAt(unit.files, usage.inAll, unit.manifestAt),
      ),
    origins: originsOf(unit, read, summary.lines),
    lineQuery: lineQueryOf(shapes, unit.month ? undefined : month),
    invoices: await invoicesOf(workspace, month),
    problems,
    cursor: month,
  };
}

function isWanted(month: string, { window, cursor }: CollectContext): boolean {
  return (
    month >= window.from &&
    month <= window.to &&
    (cursor === undefined || month > cursor)
  );
}

/** Months of files whose names tell none, as a run before found them. */
function monthsPublished(
  { published }: CollectContext,
  fingerprint: string,
): string[] | undefined {
  for (const mark of published.values()) {
    const months = monthsWithin(mark, fingerprint);
    if (months) {
      return months;
    }
  }
  return undefined;
}

/**
 * Files that tell no month fail all months they may hold: those that are live, else the newest one asked for.
 */
function* failures(
  unit: ReadUnit,
  context: CollectContext,
  problems: SourceProblem[],
): Generator<CostBatch> {
  const { published, window } = context;
  const live = [...published.keys()]
    .filter(month => month >= window.from && month <= window.to)
    .sort();
  const known = unit.month ? [unit.month] : live;
  const months = known.length > 0 ? known : [window.to];
  for (const month of months.filter(item => isWanted(item, context))) {
    yield {
      type: 'failed',
      partition: month,
      problems: problems.map(problem => ({ ...problem, partition: month })),
      cursor: month,
    };
  }
}
