// One door to everything a newcomer or CI does here; `npm start`, `npm test` and the others of
// package.json come through it. It needs some Node and npm, and brings the rest into .cache/.
import {
  bench,
  browser,
  bundle,
  conformance,
  packed,
} from './commands/suites.mjs';
import { dev } from './commands/dev.mjs';
import { start } from './commands/start.mjs';
import { test } from './commands/test.mjs';
import { yarn } from './commands/yarn.mjs';
import { StepError } from './lib/steps.mjs';

const commands = {
  start,
  test,
  dev,
  bench,
  conformance,
  bundle,
  browser,
  packed,
  yarn,
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(
    `Usage: node scripts/run.mjs <${Object.keys(commands).join(
      '|',
    )}> [arguments]`,
  );
  process.exit(2);
}

try {
  process.exitCode = await command(args);
} catch (error) {
  // A failed step has said what to do; anything else is a fault of these scripts and shows its stack.
  console.error(error instanceof StepError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
