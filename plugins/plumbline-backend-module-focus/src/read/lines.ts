import type { ExportFile } from '../storage/ExportStorage';
import { FocusReadError } from '../FocusReadError';
import { ColumnMap, type FileColumn } from './columns';
import { csvHeader } from './csvHeader';
import { identifier, literal } from './sql';
import type { Workspace } from './Workspace';

/**
 * A file in the workspace.
 *
 * @internal
 */
export interface StagedFile {
  file: ExportFile;
  /** Where it lies in the workspace. */
  path: string;
  format: 'parquet' | 'csv';
}

/** The column that tells which file a line of text came from. @internal */
export const FILE_COLUMN = 'plumbline_file';

/** Files that have the same columns. @internal */
export interface LineShape {
  columns: ColumnMap;
  files: StagedFile[];
  /** Where what text says was written down once, for the queries. */
  copy?: string;
}

/** The form of a file, by its name. @internal */
export function formatOf(name: string): StagedFile['format'] {
  return /\.parquet$/i.test(name) ? 'parquet' : 'csv';
}

/**
 * DuckDB's expression that reads files of one format.
 *
 * @param columns - of CSV files, in their order: DuckDB is to guess nothing
 * @param fileColumn - a column of CSV files that is to say which of them a line is from
 * @internal
 */
export function scan(
  format: StagedFile['format'],
  paths: string[],
  columns: FileColumn[] = [],
  fileColumn?: string,
): string {
  const list = `[${paths.map(literal).join(', ')}]`;
  if (format === 'parquet') {
    return `read_parquet(${list}, binary_as_string = true, hive_partitioning = false)`;
  }
  const names = columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`);
  return `read_csv(${list}, auto_detect = false, header = true, columns = {${names.join(
    ', ',
  )}}, delim = ',', quote = '"', escape = '"', nullstr = ['', 'NULL'], hive_partitioning = false${
    fileColumn ? `, filename = ${literal(fileColumn)}` : ''
  })`;
}

/**
 * The columns of a file.
 *
 * @throws Error when the file cannot be read
 * @internal
 */
export async function columnsOf(
  workspace: Workspace,
  staged: StagedFile,
): Promise<ColumnMap> {
  if (staged.format === 'csv') {
    const names = await csvHeader(staged.path);
    return new ColumnMap(names.map(name => ({ name, type: 'VARCHAR' })));
  }
  const rows = await workspace.rows(
    `DESCRIBE SELECT * FROM ${scan(staged.format, [staged.path])}`,
  );
  const columns = rows.map(
    (row): FileColumn => ({
      name: String(row.column_name),
      type: String(row.column_type),
    }),
  );
  return new ColumnMap(columns);
}

/**
 * Makes the view `line`: every line of the files in one form, whatever their versions and types. Text
 * formats are parsed once, into a file of the workspace that the queries then read.
 *
 * @returns the files by their columns
 * @throws FocusReadError naming the columns that are missing
 * @internal
 */
export async function createLines(
  workspace: Workspace,
  files: StagedFile[],
): Promise<LineShape[]> {
  const shapes = new Map<string, LineShape>();
  const missing = new FocusReadError([]);
  for (const staged of files) {
    const columns = await columnsOf(workspace, staged);
    const absent = columns.missing();
    if (absent.length > 0) {
      missing.problems.push({
        severity: 'error',
        file: staged.file.name,
        column: absent[0],
        message: `'${staged.file.name}' has no column ${absent.join(
          ', ',
        )}. Include ${
          absent.length === 1 ? 'it' : 'them'
        } in the export; FOCUS requires ${
          absent.length === 1 ? 'it' : 'them'
        }.`,
      });
      continue;
    }
    const key = `${staged.format} ${columns.shape()}`;
    const shape = shapes.get(key) ?? { columns, files: [] };
    shape.files.push(staged);
    shapes.set(key, shape);
  }
  if (missing.problems.length > 0) {
    throw missing;
  }
  const parts: string[] = [];
  for (const shape of shapes.values()) {
    const { columns, files: alike } = shape;
    const { format } = alike[0];
    let from = scan(
      format,
      alike.map(staged => staged.path),
      columns.columns,
      FILE_COLUMN,
    );
    if (format === 'csv') {
      const copy = workspace.path(`text-${parts.length}.parquet`);
      await workspace.run(
        `COPY (SELECT ${usedColumns(columns)} FROM ${from}) TO ${literal(
          copy,
        )} (FORMAT parquet)`,
      );
      from = scan('parquet', [copy]);
      shape.copy = copy;
    }
    parts.push(`SELECT ${lineExpressions(columns)} FROM ${from}`);
  }
  await workspace.run(
    `CREATE TEMP VIEW line AS ${parts.join(' UNION ALL BY NAME ')}`,
  );
  return [...shapes.values()];
}

const USED = [
  'BilledCost',
  'EffectiveCost',
  'BillingCurrency',
  'BillingPeriodStart',
  'ChargePeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'CommitmentDiscountStatus',
  'ServiceName',
  'ServiceCategory',
  'ServiceProviderName',
  'ProviderName',
  'BillingAccountId',
  'SubAccountId',
  'SubAccountName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'RegionId',
  'Tags',
  'InvoiceId',
  'InvoiceIssuerName',
];

function usedColumns(columns: ColumnMap): string {
  return USED.flatMap(name => columns.find(name) ?? [])
    .map(column => identifier(column.name))
    .concat(FILE_COLUMN)
    .join(', ');
}

/** Raw text, so that DuckDB hashes what the files' dictionaries hold; meaning is given to the few distinct values. */
function lineExpressions(columns: ColumnMap): string {
  const text = (name: string) => `${columns.text(name)} AS ${identifier(name)}`;
  return [
    `${columns.amount('BilledCost')} AS billed`,
    `${columns.amount('EffectiveCost')} AS effective`,
    `${columns.time('BillingPeriodStart')} AS period_start`,
    `${columns.time('ChargePeriodStart')} AS charge_start`,
    `${columns.tags()} AS tags`,
    text('BillingCurrency'),
    text('ChargeCategory'),
    text('ChargeClass'),
    text('CommitmentDiscountStatus'),
    text('ServiceName'),
    text('ServiceCategory'),
    text('ServiceProviderName'),
    text('ProviderName'),
    text('BillingAccountId'),
    text('SubAccountId'),
    text('SubAccountName'),
    text('ResourceId'),
    text('ResourceName'),
    text('ResourceType'),
    text('RegionId'),
    text('InvoiceId'),
    text('InvoiceIssuerName'),
  ].join(', ');
}
