import { InputError, isError } from '@backstage/errors';
import {
  toEntityRef,
  type SourceProblem,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { DailyUsage } from '@plumbline/backstage-plugin-plumbline-node';
import { parse } from 'csv-parse/sync';
import { dayOf, dayText } from '../months';

const COLUMNS = ['date', 'entity', 'metric', 'value'] as const;

type Line = Record<(typeof COLUMNS)[number], string>;

/** What a file says of one month. @internal */
export interface MetricsMonth {
  rows: DailyUsage[];
  /** What is wrong: with a wrong row, the month is not taken. */
  problems: SourceProblem[];
}

/**
 * Reads the text of a CSV file with the columns `date,entity,metric,value`, in any order, others ignored.
 *
 * @param file - its name, for messages
 * @throws InputError when it is no CSV file, lacks a column, or has a row of which no day can be read
 * @internal
 */
export function parseMetrics(
  text: string,
  file: string,
): Map<string, MetricsMonth> {
  const months = new Map<string, MetricsMonth>();
  const seen = new Map<string, number>();
  linesOf(text, file).forEach((line, index) => {
    // The header is row 1.
    const row = index + 2;
    const day = readDay(line.date);
    if (day === undefined) {
      throw new InputError(
        `${file}, row ${row}, column date: '${line.date}' is no day; write it as 2026-10-01`,
      );
    }
    const name = dayText(day).slice(0, 7);
    const month = months.get(name) ?? { rows: [], problems: [] };
    months.set(name, month);
    const wrong = (column: string, message: string) =>
      month.problems.push({
        severity: 'error',
        message: `${file}, row ${row}, column ${column}: ${message}`,
        partition: name,
        file,
        row,
        column,
      });
    const entityRef = readEntity(line.entity);
    if (!entityRef) {
      wrong('entity', `'${line.entity}' is no kind:namespace/name`);
      return;
    }
    if (!/^[\w.:/-]{1,128}$/.test(line.metric)) {
      wrong('metric', `'${line.metric}' is more than letters, digits, ._:/-`);
      return;
    }
    if (!/^\d{1,13}(\.\d+)?$/.test(line.value)) {
      wrong(
        'value',
        `'${line.value}' is no plain decimal number from 0 up, such as 1200 or 0.5`,
      );
      return;
    }
    const key = `${entityRef} ${line.metric} ${day}`;
    const before = seen.get(key);
    if (before !== undefined) {
      wrong('value', `row ${before} has a value of the same day already`);
    }
    seen.set(key, row);
    month.rows.push({ entityRef, metric: line.metric, day, value: line.value });
  });
  return months;
}

function linesOf(text: string, file: string): Line[] {
  let lines: Partial<Line>[];
  let header: string[] = [];
  try {
    lines = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      columns: (names: string[]) => {
        header = names.map(name => name.toLowerCase());
        return header;
      },
    });
  } catch (error) {
    throw new InputError(`${file} is no CSV file`, error);
  }
  for (const column of COLUMNS) {
    if (!header.includes(column)) {
      throw new InputError(
        `${file}, row 1: there is no column '${column}'; the columns are date,entity,metric,value`,
      );
    }
  }
  return lines.map(line => ({
    date: line.date ?? '',
    entity: line.entity ?? '',
    metric: line.metric ?? '',
    value: line.value ?? '',
  }));
}

function readDay(text: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) || dayText(dayOf(time)) !== text
    ? undefined
    : dayOf(time);
}

function readEntity(text: string): string | undefined {
  try {
    return toEntityRef(text);
  } catch (error) {
    if (isError(error) && error.name === 'InputError') {
      // The caller says which row it is.
      return undefined;
    }
    throw error;
  }
}
