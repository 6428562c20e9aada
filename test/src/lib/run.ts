import { execFileSync } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @throws Error with all that it said, where it ends with another code than 0
 */
export function run(
  command: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): void {
  try {
    execFileSync(command, args, {
      ...options,
      stdio: 'pipe',
      timeout: 900_000,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new Error(
      `${command} ${args.join(' ')}: ${error}\n${stdout}\n${stderr}`,
    );
  }
}
