import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  BilledResource,
  BilledService,
  CostBatch,
  PartitionTotal,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { DuckDBValue } from '@duckdb/node-api';
import { FocusReadError } from '../FocusReadError';
import { clean, cleanTags, LONGEST } from './clean';
import { kindsOf } from './kinds';
import { readRows } from './readRows';
import { literal } from './sql';
import { parseTags } from './tags';
import type { Row, Workspace } from './Workspace';

const BATCH = 5_000;

/**
 * What a month of the aggregated tables comes to.
 *
 * @internal
 */
export interface MonthSummary {
  month: string;
  totals: PartitionTotal[];
  /** Lines of the export. */
  lines: number;
  /** Newest day with usage in the month and in all lines, since 1970-01-01; absent where the month has none. */
  usage?: { inMonth: number; inAll: number };
  problems: SourceProblem[];
}

/**
 * The months that the aggregated tables hold.
 *
 * @internal
 */
export async function monthsOf(workspace: Workspace): Promise<string[]> {
  const rows = await workspace.rows(
    'SELECT DISTINCT month FROM combination ORDER BY month',
  );
  return rows.map(row => String(row.month));
}

/**
 * Exact totals of a month, and what is remarkable about it.
 *
 * @throws FocusReadError when an amount or a day is beyond all bounds
 * @internal
 */
export async function summarise(
  workspace: Workspace,
  month: string,
): Promise<MonthSummary> {
  const rows = await workspace.rows(
    `SELECT * FROM summary WHERE month = ${literal(month)} ORDER BY currency`,
  );
  refuseBeyondBounds(rows, month);
  const [{ newest }] = await workspace.rows(
    'SELECT max(last_usage) AS newest FROM summary',
  );
  const days = rows.flatMap(row => number(row.last_usage) ?? []);
  const elsewhere = rows.reduce(
    (sum, row) => sum + (number(row.elsewhere) ?? 0),
    0,
  );
  const problems: SourceProblem[] = [];
  if (elsewhere > 0) {
    problems.push({
      severity: 'warning',
      partition: month,
      column: 'BillingPeriodStart',
      message: `${elsewhere} lines in the folder of ${month} say another billing period; they count for ${month}`,
    });
  }
  for (const { unknown_categories: unknown } of rows) {
    if (unknown !== null) {
      problems.push({
        severity: 'warning',
        partition: month,
        column: 'ChargeCategory',
        message: `ChargeCategory ${String(
          unknown,
        )} is none of FOCUS; such lines count as Adjustment`,
      });
    }
  }
  return {
    month,
    totals: rows.map(row => ({
      currency: String(row.currency),
      effective: plain(row.effective),
      billed: plain(row.billed),
    })),
    lines: rows.reduce((sum, row) => sum + (number(row.lines) ?? 0), 0),
    usage:
      days.length > 0
        ? { inMonth: Math.max(...days), inAll: Number(newest) }
        : undefined,
    problems,
  };
}

/**
 * A month's resources, services and rows, the rows by resource and then by day.
 *
 * @param problems - takes what is remarkable about the resources
 * @internal
 */
export async function* readMonth(
  workspace: Workspace,
  month: string,
  problems: SourceProblem[],
): AsyncGenerator<CostBatch> {
  const inMonth = (column: string) =>
    `id IN (SELECT ${column} FROM combination WHERE month = ${literal(month)})`;

  const resources = await workspace.rows(
    `SELECT * FROM resource WHERE ${inMonth('resource')} ORDER BY id`,
  );
  for (let at = 0; at < resources.length; at += BATCH) {
    yield {
      type: 'resources',
      resources: resources
        .slice(at, at + BATCH)
        .map(row => resourceOf(row, month, problems)),
    };
  }
  const services = await workspace.rows(
    `SELECT * FROM service WHERE ${inMonth('service')} ORDER BY id`,
  );
  yield { type: 'services', services: services.map(serviceOf) };

  for await (const rows of readRows(workspace, {
    month,
    resources: positions(resources),
    services: positions(services),
    kinds: await kindsOf(workspace),
    batch: BATCH,
  })) {
    yield { type: 'rows', rows };
  }
}

function refuseBeyondBounds(rows: Row[], month: string): void {
  const fault = (column: string, message: string) =>
    new FocusReadError([
      { severity: 'error', partition: month, column, message },
    ]);
  if (rows.some(row => row.too_large === true)) {
    throw fault(
      'EffectiveCost',
      `A resource costs more than 9,223,372,036 of its currency on one day of ${month}, more than can be kept exactly`,
    );
  }
  if (rows.some(row => row.too_far === true)) {
    throw fault(
      'ChargePeriodStart',
      `A line's ChargePeriodStart lies more than three years from its billing month ${month}`,
    );
  }
}

/** Where each number stands among those announced. */
function positions(rows: Row[]): Int32Array {
  const ids = rows.map(row => Number(row.id));
  const found = new Int32Array(Math.max(-1, ...ids.slice(-1)) + 1).fill(-1);
  ids.forEach((id, position) => {
    found[id] = position;
  });
  return found;
}

function resourceOf(
  row: Row,
  month: string,
  problems: SourceProblem[],
): BilledResource {
  const tags = parseTags(row.tags === null ? undefined : String(row.tags));
  if (!tags && !problems.some(problem => problem.column === 'Tags')) {
    problems.push({
      severity: 'warning',
      partition: month,
      column: 'Tags',
      message: `Tags of ${
        text(row.resource_id) ?? 'a line without resource'
      } are neither JSON nor a map: '${shorten(String(row.tags))}'`,
    });
  }
  return {
    provider: clean(String(row.provider), LONGEST.provider),
    accountId: clean(String(row.account), LONGEST.account),
    accountName: text(row.account_name),
    resourceId: clean(String(row.resource_id)),
    name: text(row.resource_name),
    type: text(row.resource_type, LONGEST.type),
    region: text(row.region, LONGEST.region),
    tags: cleanTags(tags ?? {}),
  };
}

function serviceOf(row: Row): BilledService {
  return {
    provider: clean(String(row.provider), LONGEST.provider),
    name: clean(String(row.service_name), LONGEST.service),
    category: text(row.service_category, LONGEST.category),
  };
}

/** Long values are cut: what a file says has no claim to a whole log. @internal */
export function shorten(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}

function text(value: DuckDBValue, longest?: number): string | undefined {
  return value === null ? undefined : clean(String(value), longest);
}

function number(value: DuckDBValue): number | undefined {
  return value === null ? undefined : Number(value);
}

/** A decimal without zeros at its end. @internal */
export function plain(value: DuckDBValue): string {
  return String(value).replace(/\.?0+$/, '') || '0';
}
