import { spawn } from 'node:child_process';

/** How a git process ended, for callers that expect it to fail sometimes. */
export interface GitOutcome {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** The environment of every git process: no file of the person's own is read. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/**
 * Runs git in a folder and gives its standard output.
 *
 * @throws Error with git's own words when it exits with another code than 0.
 */
export async function git(
  cwd: string,
  args: string[],
  options: { input?: string } = {},
): Promise<Buffer> {
  const outcome = await gitOutcome(cwd, args, options);
  if (outcome.code !== 0) {
    throw new Error(
      `git ${args[0]} failed in ${cwd} with code ${outcome.code}: ${outcome.stderr}`,
    );
  }
  return outcome.stdout;
}

/** Runs git in a folder and gives how it ended, whatever its exit code. */
export async function gitOutcome(
  cwd: string,
  args: string[],
  options: { input?: string } = {},
): Promise<GitOutcome> {
  const child = spawn('git', args, { cwd, env: gitEnvironment() });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', chunk => stdout.push(chunk));
  child.stderr.on('data', chunk => stderr.push(chunk));
  // A git that ends without reading closes the pipe; its exit code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', error =>
      reject(
        new Error(
          `Could not run git (${error.message}). Install git and see that it is on the PATH.`,
        ),
      ),
    );
    child.on('close', value => resolve(value ?? -1));
  });
  return {
    code,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString('utf8').trim(),
  };
}
