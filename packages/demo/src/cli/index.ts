import { createProgram } from './program';
import { addUpCommand } from './up';

const program = createProgram(text => process.stdout.write(text));
addUpCommand(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
