import { FILE_COLUMN, scan, type LineShape } from './lines';
import { literal } from './sql';
import type { Workspace } from './Workspace';

/**
 * How many lines each file has, by its path in the workspace: from what Parquet files say of themselves, and for
 * text from the copy that was made of it. Reads no line of the bill.
 *
 * @internal
 */
export async function countLines(
  workspace: Workspace,
  shapes: LineShape[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { files, copy } of shapes) {
    const paths = `[${files.map(({ path }) => literal(path)).join(', ')}]`;
    const rows = await workspace.rows(
      copy
        ? `SELECT ${FILE_COLUMN} AS file, count(*)::DOUBLE AS lines FROM ${scan(
            'parquet',
            [copy],
          )} GROUP BY 1`
        : `SELECT file_name AS file, num_rows::DOUBLE AS lines FROM parquet_file_metadata(${paths})`,
    );
    files.forEach(({ path }) => counts.set(path, 0));
    rows.forEach(row => counts.set(String(row.file), Number(row.lines)));
  }
  return counts;
}
