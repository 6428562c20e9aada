import { createProgram } from './program';

createProgram(text => process.stdout.write(text))
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  });
