import { Command } from 'commander';
import { run as runCostExplorer } from './cost-explorer';
import { run as runCharges } from './charges';
import { run as runFocus } from './focus';
import { Tally } from './Tally';

/** Each suite is a folder with a `run`. */
const suites: Record<
  string,
  (directory: string, tally: Tally) => Promise<void>
> = {
  'cost-explorer': runCostExplorer,
  charges: runCharges,
  focus: runFocus,
};

async function main(): Promise<void> {
  await new Command('conformance')
    .description(
      `Runs the product on files that others made. Suites: ${Object.keys(
        suites,
      ).join(', ')}`,
    )
    .argument('<suite>')
    .argument('<dir>', 'where the files are')
    .action(async (name: string, directory: string, _, command: Command) => {
      const suite = suites[name];
      if (!suite) {
        command.error(
          `There is no suite '${name}', only ${Object.keys(suites).join(', ')}`,
        );
      }
      const tally = new Tally(text => process.stdout.write(`${text}\n`));
      await suite(directory, tally);
      process.exitCode = tally.close() ? 0 : 1;
    })
    .parseAsync();
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
