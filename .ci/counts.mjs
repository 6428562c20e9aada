// Prints "<passed> <failed>": the sums of what the test runners in a log counted.
// Knows Jest's "Tests: …", node --test's "# pass N" / "ℹ pass N", and "N passed, N failed" alone on a line.
import { readFileSync } from 'node:fs';

const log = readFileSync(process.argv[2], 'utf8').replace(
  /\u001b\[[0-9;]*m/g,
  '',
);
let passed = 0;
let failed = 0;

for (const line of log.split('\n')) {
  const jest = /^Tests:\s+(.*\btotal)\s*$/.exec(line);
  const node = /^(?:#|ℹ) (pass|fail) (\d+)\s*$/.exec(line);
  const plain = /^(?:\w+: )?(\d+) passed, (\d+) failed(?:, \d+ skipped)?$/.exec(
    line,
  );
  if (jest) {
    passed += Number(/(\d+) passed/.exec(jest[1])?.[1] ?? 0);
    failed += Number(/(\d+) failed/.exec(jest[1])?.[1] ?? 0);
  } else if (node) {
    if (node[1] === 'pass') passed += Number(node[2]);
    else failed += Number(node[2]);
  } else if (plain) {
    passed += Number(plain[1]);
    failed += Number(plain[2]);
  }
}
console.log(`${passed} ${failed}`);
