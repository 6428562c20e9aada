import { writeFile } from 'fs/promises';
import { resolve } from 'path';
import { Command, InvalidArgumentError } from 'commander';
import { exportBilling, exportScaled, PublishedExport } from '../billing';
import { exportFigures } from '../figures';
import { describeScenarios } from '../scenarios';

type ExportFlags = {
  out: string;
  figures?: string;
  seed: number;
  end?: string;
  asOf?: string;
  rows?: number;
  entities?: number;
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0 || text.trim() === '') {
    throw new InvalidArgumentError('Give a whole number.');
  }
  return value;
}

function report({ directory, manifest, reused }: PublishedExport, ms: number) {
  const rows = manifest.files.reduce((sum, file) => sum + file.rows, 0);
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(
    1,
  )} MB in ${manifest.files.length} files`;
  return reused
    ? `${directory} is up to date: ${size}\n`
    : `Wrote ${directory}: ${size}, in ${(ms / 1000).toFixed(1)} s\n`;
}

async function runExport(flags: ExportFlags): Promise<PublishedExport> {
  const { out, seed, end, asOf, rows, entities } = flags;
  const directory = resolve(out);
  if (rows === undefined && entities === undefined) {
    return exportBilling({ directory, seed, end, asOf });
  }
  if (asOf !== undefined) {
    throw new InvalidArgumentError(
      '--as-of belongs to the company’s own export; leave it out with --rows or --entities.',
    );
  }
  return exportScaled({ directory, seed, end, rows, entities });
}

/**
 * The `demo` command line.
 *
 * @param write - takes what is printed
 */
export function createProgram(write: (text: string) => void): Command {
  const program = new Command('demo').description(
    'Larkspur Outfitters, a company to try Plumbline on',
  );
  program
    .command('export')
    .description('write the billing export of the last 400 days')
    .requiredOption('--out <dir>', 'folder to write; replaced as a whole')
    .option(
      '--figures <dir>',
      'folder for metrics.csv and exchange-rates.csv of the same days',
    )
    .option('--seed <n>', 'same seed, same bytes', wholeNumber, 1)
    .option('--end <date>', 'last day with charges (default: yesterday, UTC)')
    .option(
      '--as-of <date>',
      'morning on which the export is made (default: the day after the end)',
    )
    .option('--rows <n>', 'a large AWS export of that many rows', wholeNumber)
    .option(
      '--entities <n>',
      'a large AWS export of that many entities',
      wholeNumber,
    )
    .action(async (flags: ExportFlags) => {
      const started = performance.now();
      const published = await runExport(flags);
      write(report(published, performance.now() - started));
      if (flags.figures !== undefined) {
        const directory = resolve(flags.figures);
        const count = await exportFigures({ ...flags, directory });
        write(`Wrote ${directory}: ${count.toLocaleString('en')} rows\n`);
      }
    });
  program
    .command('scenarios')
    .description('write what happens to the company as Markdown')
    .requiredOption('--out <file>', 'file to write')
    .action(async ({ out }: { out: string }) => {
      await writeFile(resolve(out), describeScenarios());
    });
  return program;
}
