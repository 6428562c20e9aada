import { stringifyError, toError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import { CHECKED, type CheckedColumn, type ColumnMap } from './columns';
import { columnsOf, scan, type StagedFile } from './lines';
import { shorten } from './readMonth';
import { identifier } from './sql';
import type { Workspace } from './Workspace';

/** More of them help nobody. */
const MOST = 20;

/**
 * Looks for the files, rows and columns that made reading fail; done only after it did.
 *
 * @param failure - what DuckDB said
 * @internal
 */
export async function diagnose(
  workspace: Workspace,
  files: StagedFile[],
  failure: unknown,
): Promise<SourceProblem[]> {
  const problems: SourceProblem[] = [];
  for (const staged of files) {
    if (problems.length >= MOST) {
      break;
    }
    try {
      const columns = await columnsOf(workspace, staged);
      for (const column of Object.keys(CHECKED) as CheckedColumn[]) {
        const problem = await firstBadValue(workspace, staged, columns, column);
        if (problem) {
          problems.push(problem);
        }
      }
      await workspace.rows(
        `SELECT count(COLUMNS(*)) FROM ${scan(
          staged.format,
          [staged.path],
          columns.columns,
        )}`,
      );
    } catch (error) {
      problems.push(unreadable(staged, error));
    }
  }
  return problems.length > 0
    ? problems
    : [{ severity: 'error', message: firstLine(stringifyError(failure)) }];
}

async function firstBadValue(
  workspace: Workspace,
  staged: StagedFile,
  columns: ColumnMap,
  column: CheckedColumn,
): Promise<SourceProblem | undefined> {
  const kind = CHECKED[column];
  const value = identifier(columns.find(column)?.name ?? column);
  const meaning = {
    amount: () => columns.amount(column, 'TRY_CAST'),
    time: () => columns.time(column, 'TRY_CAST'),
    currency: () =>
      `CASE WHEN regexp_full_match(upper(trim(${columns.text(
        column,
      )})), '[A-Z][A-Z0-9]{2,15}') THEN 1 END`,
  }[kind]();
  const [bad] = await workspace.rows(`
    SELECT position::DOUBLE AS position, ${value}::VARCHAR AS value
    FROM (SELECT row_number() OVER () AS position, ${value} FROM ${scan(
    staged.format,
    [staged.path],
    columns.columns,
  )})
    WHERE ${meaning} IS NULL ORDER BY position LIMIT 1`);
  if (!bad) {
    return undefined;
  }
  const wanted = {
    amount: 'a number',
    time: 'a time',
    currency: 'a currency code such as USD',
  }[kind];
  const row = Number(bad.position);
  return {
    severity: 'error',
    file: staged.file.name,
    row,
    column,
    message:
      bad.value === null
        ? `'${staged.file.name}', row ${row}: ${column} is empty where ${wanted} should stand`
        : `'${staged.file.name}', row ${row}: ${column} is '${shorten(
            String(bad.value),
          )}' where ${wanted} should stand`,
  };
}

function unreadable(staged: StagedFile, error: unknown): SourceProblem {
  const said = toError(error).message.replaceAll(staged.path, staged.file.name);
  // DuckDB's own words, without the line's content and its advice on options.
  const [, line, reason] =
    /CSV Error on Line: (\d+)\nOriginal Line:.*\n(.*)/.exec(said) ?? [];
  const row = line === undefined ? undefined : Number(line) - 1;
  return {
    severity: 'error',
    file: staged.file.name,
    // The header is a line of the file, not a row of the data.
    row,
    message: `'${staged.file.name}' cannot be read as ${
      staged.format === 'parquet' ? 'Parquet' : 'CSV'
    }${row === undefined ? '' : ` at row ${row}`}, it may be cut short: ${
      reason ?? firstLine(said)
    }`,
  };
}

function firstLine(text: string): string {
  const line = text.split('\n')[0];
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
