import { Command } from 'commander';
import { run as runClose } from './close';
import { run as runIngest } from './ingest';
import { run as runOverview } from './overview';
import { run as runPaidCalls } from './paid-calls';
import { run as runPortfolio } from './portfolio';
import { run as runUnallocated } from './unallocated';
import type { BenchOptions } from './lib';

/** Each suite is a folder with a `run`. */
const suites: Record<string, (options: BenchOptions) => Promise<void>> = {
  close: runClose,
  ingest: runIngest,
  overview: runOverview,
  'paid-calls': runPaidCalls,
  portfolio: runPortfolio,
  unallocated: runUnallocated,
};

async function main(): Promise<void> {
  await new Command('bench')
    .description(
      `Measures, one JSON object a line. Suites: ${Object.keys(suites).join(
        ', ',
      )}`,
    )
    .argument('<suite>')
    .option('--data <dir>', 'data to work on, made by the suite where absent')
    .action(async (name: string, options: BenchOptions, command: Command) => {
      const suite = suites[name];
      if (!suite) {
        command.error(
          `There is no suite '${name}', only ${Object.keys(suites).join(', ')}`,
        );
      }
      await suite(options);
    })
    .parseAsync();
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
