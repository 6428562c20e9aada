import { Command } from 'commander';
import { startCompanyGitHosts } from '../code';

/** Adds `up`: the company's Git hosts, until the process is told to stop. */
export function addUpCommand(program: Command): void {
  program
    .command('up')
    .description("Start the company's Git hosts and keep them running")
    .option('--github-port <port>', 'port of the GitHub host', port, 7017)
    .option('--gitea-port <port>', 'port of the Gitea host', port, 7018)
    .option(
      '--end-date <date>',
      'day that the history leads up to, as YYYY-MM-DD (default: yesterday)',
    )
    .action(up);
}

async function up(options: {
  githubPort: number;
  giteaPort: number;
  endDate?: string;
}): Promise<void> {
  const stopped = untilTold();
  const before = performance.now();
  const hosts = await startCompanyGitHosts(options);
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
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new Error(`'${value}' is not a port; give a number up to 65535`);
  }
  return number;
}
