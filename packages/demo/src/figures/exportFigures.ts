import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { ExportCalendar, yesterday } from '../billing/calendar';
import { exchangeRatesCsv } from './exchangeRates';
import { metricsCsv } from './metrics';

/** What else the company knows in figures, for the same days as its bill. The same options give the same bytes. */
export type FiguresOptions = {
  directory: string;
  /** Default 1. */
  seed?: number;
  /** Last day, `YYYY-MM-DD`; default yesterday, UTC. */
  end?: string;
};

/**
 * Writes `metrics.csv`, what components served each day, and `exchange-rates.csv`.
 *
 * @returns how many rows both have
 */
export async function exportFigures(options: FiguresOptions): Promise<number> {
  const { directory, seed = 1, end = yesterday() } = options;
  const calendar = ExportCalendar.create({ end });
  const files = {
    'metrics.csv': metricsCsv({ seed, calendar }),
    'exchange-rates.csv': exchangeRatesCsv({ seed, calendar }),
  };
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(directory, name), text);
  }
  return Object.values(files).reduce(
    (rows, text) => rows + text.split('\n').length - 2,
    0,
  );
}
