import { InputError } from '@backstage/errors';
import { parse } from 'csv-parse/sync';
import { checkRate } from './readCurrency';
import type { ExchangeRate } from './types';

/** What the European Central Bank's files are in. */
const ECB_BASE = 'EUR';

/**
 * Rates of a CSV file: with the columns `date,from,to,rate`, or as the European Central Bank publishes them
 * (`eurofxref-hist.csv`: a date, and a column for each currency with what one euro is in it).
 *
 * @param file - its name, for messages
 * @throws InputError naming the row and the column
 * @internal
 */
export function parseRates(text: string, file: string): ExchangeRate[] {
  const rows = rowsOf(text, file);
  const header = (rows[0] ?? []).map(name => name.toLowerCase());
  if (header.join() === 'date,from,to,rate') {
    return rows
      .slice(1)
      .map(([date, from = '', to = '', rate = ''], index) =>
        checkRate({ date, from, to, rate }, part => place(file, index, part)),
      );
  }
  if (header[0] === 'date' && header.slice(1).every(isCodeOrEmpty)) {
    return rows.slice(1).flatMap(([date, ...values], index) =>
      values.flatMap((rate, column) => {
        const to = header[column + 1].toUpperCase();
        return to === '' || rate === '' || rate === 'N/A'
          ? []
          : [
              checkRate({ date, from: ECB_BASE, to, rate }, part =>
                place(file, index, part === 'rate' ? to : part),
              ),
            ];
      }),
    );
  }
  throw new InputError(
    `${file}, row 1: the columns are '${header.join()}'; write date,from,to,rate, or take the European Central Bank's file as it is`,
  );
}

function rowsOf(text: string, file: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    throw new InputError(`${file} is no CSV file`, error);
  }
}

function isCodeOrEmpty(name: string): boolean {
  return name === '' || /^[a-z]{3}$/.test(name);
}

/** The header is row 1. */
function place(file: string, index: number, column: string): string {
  return `${file}, row ${index + 2}, column ${column}`;
}
