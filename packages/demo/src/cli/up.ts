import { Command, InvalidArgumentError } from 'commander';
import { startCompanyGitHosts } from '../code';

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new InvalidArgumentError('Give a port, a number up to 65535.');
  }
  return number;
}

function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('Give a day as YYYY-MM-DD.');
  }
  return value;
}

/** Adds `up`: the company's Git hosts, until the process is told to stop. */
export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description("Start the company's Git hosts and keep them running")
    .option('--github-port <port>', 'port of the GitHub host', port, 7017)
    .option('--gitea-port <port>', 'port of the Gitea host', port, 7018)
    .option(
      '--end <date>',
      'day that the history leads up to, as for the export (default: yesterday, UTC)',
      day,
    )
    .action(up);
}

async function up(options: {
  githubPort: number;
  giteaPort: number;
  end?: string;
}): Promise<void> {
  const stopped = untilTold();
  const before = performance.now();
  const { githubPort, giteaPort, end: endDate } = options;
  const hosts = await startCompanyGitHosts({ githubPort, giteaPort, endDate });
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  process.stdout.write(
    [
      `GitHub host  ${hosts.githubUrl} (API at /api/v3, token demo-portal-token)`,
      `Gitea host   ${hosts.giteaUrl}`,
      `ready in ${seconds} s`,
      '',
    ].join('\n'),
  );
  await stopped;
  await hosts.stop();
}

function untilTold(): Promise<void> {
  return new Promise(resolve => {
    // Kept for good: a second signal must not end the process while it cleans up.
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
  });
}
