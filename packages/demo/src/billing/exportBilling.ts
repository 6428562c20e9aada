import { DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '@backstage/errors';
import { buildLedger } from './buildLedger';
import { ExportCalendar, yesterday } from './calendar';
import { loadLedger } from './loadLedger';
import { PublishedExport, publish } from './publish';
import { totalsOf } from './totals';
import { writeFocus } from './writeFocus';

/** What to export. The same options give the same bytes. */
export type BillingExportOptions = {
  directory: string;
  /** Default 1. */
  seed?: number;
  /** Last day with charges, `YYYY-MM-DD`; default yesterday, UTC. */
  end?: string;
  /** Morning on which the export is made, `YYYY-MM-DD`; default the day after `end`. */
  asOf?: string;
};

/**
 * Writes the company's bill as FOCUS exports of its three providers, or leaves
 * an export alone that was made from the same options before.
 *
 * @throws InputError where a date is not one, or `asOf` lies before the export
 */
export async function exportBilling(
  options: BillingExportOptions,
): Promise<PublishedExport> {
  const { directory, seed = 1, end = yesterday() } = options;
  const calendar = ExportCalendar.create({ end });
  const asOfDay =
    options.asOf === undefined ? calendar.days : calendar.dayOf(options.asOf);
  if (asOfDay < 1) {
    throw new InputError(
      `Nothing was charged before ${calendar.date(
        1,
      )}; choose a later day than ${options.asOf}`,
    );
  }
  const recipe = { kind: 'company', seed, end, asOf: calendar.date(asOfDay) };
  return publish({ directory, recipe }, async folder => {
    const ledger = buildLedger({ seed, calendar });
    const rows = ledger.asOf(asOfDay);
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    try {
      await loadLedger(connection, {
        lines: ledger.lines,
        rows,
        firstDate: calendar.date(0),
      });
      const files = await writeFocus(connection, folder);
      return { files, totals: totalsOf(ledger.lines, rows, calendar) };
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}
