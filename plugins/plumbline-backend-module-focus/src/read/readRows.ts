import {
  DuckDBDecimal128Vector,
  DuckDBIntegerVector,
  type DuckDBDataChunk,
} from '@duckdb/node-api';
import type { DailyCost } from '@plumbline/backstage-plugin-plumbline-node';
import type { ChargeKind } from './kinds';
import { NanoRounding } from './nanos';
import { setImmediate } from 'node:timers/promises';
import { literal } from './sql';
import type { Workspace } from './Workspace';

const ROWS_AT_ONCE = 100_000;

/**
 * A month's rows by resource and day, in batches. What rounding leaves is carried along a service's rows of one
 * currency, so that its total is off by half a nano at most, however many rows it has. Chunks are read column by column: a million rows take a
 * third of a second.
 *
 * @internal
 */
export async function* readRows(
  workspace: Workspace,
  options: {
    month: string;
    /** Position among the announced, by number. */
    resources: Int32Array;
    services: Int32Array;
    kinds: ChargeKind[];
    batch: number;
  },
): AsyncGenerator<DailyCost[]> {
  const currencies = [...new Set(options.kinds.map(kind => kind.currency))];
  const currencyOf = options.kinds.map(kind =>
    currencies.indexOf(kind.currency),
  );
  const rounding = {
    effective: new NanoRounding(),
    billed: new NanoRounding(),
  };
  let rows: DailyCost[] = [];
  for await (const chunk of sortedChunks(workspace, options)) {
    const [resource, service, kind, day, lines] = [0, 1, 2, 3, 4].map(
      integers(chunk),
    );
    const [effective, billed] = [5, 6].map(units(chunk));
    const count = chunk.rowCount;
    for (let i = 0; i < count; i++) {
      const { currency, category, correction, commitment } =
        options.kinds[kind(i)];
      const total = service(i) * currencies.length + currencyOf[kind(i)];
      rows.push({
        resource: options.resources[resource(i)],
        service: options.services[service(i)],
        day: day(i),
        currency,
        category,
        correction,
        commitment,
        effectiveNanos: rounding.effective.next(total, effective(i)),
        billedNanos: rounding.billed.next(total, billed(i)),
        lines: lines(i),
      });
      if (rows.length === options.batch) {
        yield rows;
        rows = [];
        await setImmediate();
      }
    }
  }
  if (rows.length > 0) {
    yield rows;
  }
}

/** Chunks of about 100,000 rows at a time: little memory, and few turns to wait for. */
async function* sortedChunks(
  workspace: Workspace,
  { month, resources }: { month: string; resources: Int32Array },
): AsyncGenerator<DuckDBDataChunk> {
  const rows = `FROM amount JOIN combination ON hash = combination WHERE month = ${literal(
    month,
  )}`;
  const [{ count }] = await workspace.rows(
    `SELECT count(*)::INTEGER AS count ${rows}`,
  );
  const portions = Math.max(1, Math.ceil(Number(count) / ROWS_AT_ONCE));
  const width = Math.ceil(resources.length / portions);
  for (let from = 0; from < resources.length; from += width) {
    yield* await workspace.chunks(`
      SELECT resource, service, kind, (day - DATE '1970-01-01')::INTEGER AS day, lines::INTEGER AS lines, effective, billed
      ${rows} AND resource >= ${from} AND resource < ${from + width}
      ORDER BY resource, day, service, kind`);
  }
}

function integers(chunk: DuckDBDataChunk) {
  return (column: number) => {
    const vector = chunk.getColumnVector(column);
    if (!(vector instanceof DuckDBIntegerVector)) {
      throw new Error(`Numbers came as ${vector.type}`);
    }
    return (row: number) => Number(vector.getItem(row));
  };
}

/** Decimals as integers of their last place. */
function units(chunk: DuckDBDataChunk) {
  return (column: number) => {
    const vector = chunk.getColumnVector(column);
    if (!(vector instanceof DuckDBDecimal128Vector)) {
      throw new Error(`Amounts came as ${vector.type}`);
    }
    return (row: number) => vector.getScaledValue(row) ?? 0n;
  };
}
