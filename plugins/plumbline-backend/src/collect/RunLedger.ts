import type {
  CollectionRun,
  Month,
  RunState,
  SourceProblem,
} from '@plumbline/backstage-plugin-plumbline-common';
import { instantFromDatabase, type PlumblineDatabase } from '../database';
import { leaseHolds, LostTicketError, type Lease } from './Lease';
import type { Window } from './window';

/** Problems that a run keeps; the rest is only counted. */
const MAX_PROBLEMS = 100;

/** A run as the slice at work sees it. @internal */
export interface Run {
  readonly id: number;
  readonly window: Window;
  state: RunState;
  cursor?: string;
  slices: number;
  /** Slices since the last progress. */
  attempts: number;
  published: number;
  unchanged: number;
  failed: number;
  /** Months that were not taken. */
  failedMonths: Month[];
  rows: number;
  paidCalls: number;
  problems: SourceProblem[];
  problemCount: number;
}

/** Adds problems to a run, and counts those that are too many to keep. @internal */
export function addProblems(run: Run, problems: SourceProblem[]): void {
  run.problemCount += problems.length;
  run.problems.push(
    ...problems.slice(0, Math.max(0, MAX_PROBLEMS - run.problems.length)),
  );
}

type Row = Record<string, unknown>;

function toRun(row: Row): Run {
  return {
    id: Number(row.id),
    window: { from: String(row.window_from), to: String(row.window_to) },
    state: row.state as RunState,
    cursor: (row.cursor as string | null) ?? undefined,
    slices: Number(row.slices),
    attempts: Number(row.attempts),
    published: Number(row.partitions_published),
    unchanged: Number(row.partitions_unchanged),
    failed: Number(row.partitions_failed),
    failedMonths: failedMonthsOf(row),
    rows: Number(row.row_count),
    paidCalls: Number(row.paid_calls),
    problems: JSON.parse(String(row.problems)),
    problemCount: Number(row.problem_count),
  };
}

function toRow(run: Run): Row {
  return {
    state: run.state,
    cursor: run.cursor ?? null,
    slices: run.slices,
    attempts: run.attempts,
    partitions_published: run.published,
    partitions_unchanged: run.unchanged,
    partitions_failed: run.failed,
    failed_partitions: JSON.stringify(run.failedMonths),
    row_count: run.rows,
    paid_calls: run.paidCalls,
    problems: JSON.stringify(run.problems),
    problem_count: run.problemCount,
  };
}

/** The months that a run did not take. @internal */
export function failedMonthsOf(row: Row): Month[] {
  return row.failed_partitions ? JSON.parse(String(row.failed_partitions)) : [];
}

/** A run as the API shows it. @internal */
export function toCollectionRun(row: Row): CollectionRun {
  const run = toRun(row);
  const left = run.problemCount - run.problems.length;
  return {
    id: String(run.id),
    state: run.state,
    startedAt: instantFromDatabase(row.started_at)!.toISOString(),
    finishedAt: instantFromDatabase(row.finished_at)?.toISOString(),
    rows: run.rows,
    paidCalls: run.paidCalls,
    problems:
      left > 0
        ? [
            ...run.problems,
            { severity: 'warning', message: `and ${left} more problems` },
          ]
        : run.problems,
  };
}

/** The ledger of runs. Only the slice that holds the ticket writes it. @internal */
export class RunLedger {
  static create(options: { database: PlumblineDatabase }): RunLedger {
    return new RunLedger(options.database);
  }

  private constructor(private readonly database: PlumblineDatabase) {}

  /** The run that a slice before left unfinished, by its own will or by a crash. */
  async unfinished(lease: Lease): Promise<Run | undefined> {
    const row = await this.database
      .knex('collection_run')
      .where({ source_id: lease.sourceKey, state: 'running' })
      .orderBy('id', 'desc')
      .first();
    return row && toRun(row);
  }

  async start(lease: Lease, window: Window, now: Date): Promise<Run> {
    const [row] = await this.database
      .knex('collection_run')
      .insert({
        source_id: lease.sourceKey,
        state: 'running',
        window_from: window.from,
        window_to: window.to,
        problems: '[]',
        started_at: now,
      })
      .returning('*');
    return toRun(row);
  }

  /** @throws LostTicketError when another slice took over */
  async save(lease: Lease, run: Run): Promise<void> {
    await this.update(lease, run, {});
  }

  /** @throws LostTicketError when another slice took over */
  async finish(
    lease: Lease,
    run: Run,
    state: RunState,
    now: Date,
  ): Promise<void> {
    run.state = state;
    await this.update(lease, run, { finished_at: now });
    if (state === 'succeeded') {
      await this.database
        .knex('source')
        .where({ id: lease.sourceKey, ticket: lease.ticket })
        .update({ last_success_at: now });
    }
  }

  private async update(lease: Lease, run: Run, more: Row): Promise<void> {
    const { knex } = this.database;
    const count = await knex('collection_run')
      .where({ id: run.id })
      .whereExists(leaseHolds(knex, lease))
      .update({ ...toRow(run), ...more });
    if (count !== 1) {
      throw LostTicketError.of(lease);
    }
  }
}
