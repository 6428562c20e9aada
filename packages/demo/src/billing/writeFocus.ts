import { DuckDBConnection } from '@duckdb/node-api';
import { mkdir } from 'fs/promises';
import { dirname, join } from 'path';
import { Provider } from '../company';
import { focusColumns } from './focusColumns';

const lastDayOf = (month: string) => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
};

/** Where each provider puts the file of a billing month, and in which format. */
const layouts: Record<
  Provider,
  { path(month: string): string; format: string }
> = {
  aws: {
    path: month =>
      `aws/BILLING_PERIOD=${month}/larkspur-focus-00001.snappy.parquet`,
    format: 'FORMAT parquet, COMPRESSION snappy',
  },
  azure: {
    path: month => {
      const compact = month.replace('-', '');
      return `azure/${compact}01-${compact}${lastDayOf(
        month,
      )}/part_0_0001.csv.gz`;
    },
    format: `FORMAT csv, HEADER, COMPRESSION gzip, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'`,
  },
  gcp: {
    path: month => `gcp/${month}/larkspur_focus_${month.replace('-', '')}.csv`,
    format: `FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S UTC'`,
  },
};

/** A written file; `path` is relative to the export's folder. */
export type WrittenFile = { path: string; rows: number };

/**
 * Writes the view `charge` as one file per provider and billing month.
 *
 * @returns the files, in the order they were written
 */
export async function writeFocus(
  connection: DuckDBConnection,
  directory: string,
): Promise<WrittenFile[]> {
  const parts = await connection.runAndReadAll(`
    SELECT provider, strftime(billing_month, '%Y-%m'), count(*)::INTEGER
    FROM charge GROUP BY ALL ORDER BY ALL`);
  const files: WrittenFile[] = [];
  for (const [provider, month, rows] of parts.getRowsJS() as [
    Provider,
    string,
    number,
  ][]) {
    const { path, format } = layouts[provider];
    const columns = focusColumns[provider]
      .map(([name, expression]) => `${expression} AS "${name}"`)
      .join(', ');
    const file = { path: path(month), rows };
    const target = join(directory, file.path);
    await mkdir(dirname(target), { recursive: true });
    await connection.run(`
      COPY (
        SELECT ${columns} FROM charge
        WHERE provider = '${provider}' AND billing_month = DATE '${month}-01'
        ORDER BY day, line, billed
      ) TO '${target.replace(/'/g, "''")}' (${format})`);
    files.push(file);
  }
  return files;
}
