import { Command } from 'commander';

/** A suite: measures, and prints its figures. */
export interface BenchOptions {
  /** Data to work on; made by the suite where absent. */
  data?: string;
}

/** Each suite is a folder with a `run`; loaded only when asked for. */
const suites: Record<
  string,
  () => Promise<{ run(options: BenchOptions): Promise<void> }>
> = {
  ingest: () => import('./ingest'),
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
      const { run } = await suite();
      await run(options);
    })
    .parseAsync();
}

main().catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
