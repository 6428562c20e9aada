import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { cache } from './paths.mjs';
import { eachLine } from './processes.mjs';

const COLOURS = /\u001b\[\d+m/g;
const HEADER = /^\d{4}-\d\d-\d\dT\S+ \S+ (\w+) /;
const QUIET = new Set(['info', 'debug', 'verbose', 'silly']);

/** Keeps the whole log in .cache/logs/portal.log and shows its warnings and errors. */
export function showProblems(child) {
  const file = path.join(cache, 'logs/portal.log');
  mkdirSync(path.dirname(file), { recursive: true });
  const log = createWriteStream(file);
  const out = problemFilter();
  const err = problemFilter({ shownAtFirst: true });
  for (const [stream, isProblem] of [
    [child.stdout, out],
    [child.stderr, err],
  ]) {
    eachLine(stream, line => {
      log.write(`${line.replace(COLOURS, '')}\n`);
      if (isProblem(line)) {
        console.log(line);
      }
    });
  }
}

/** Tells of each line of a log whether it is, or goes on with, a warning or an error. */
export function problemFilter({ shownAtFirst = false } = {}) {
  let shown = shownAtFirst;
  return line => {
    const level = HEADER.exec(line.replace(COLOURS, ''))?.[1];
    if (level) {
      shown = !QUIET.has(level);
    }
    return shown;
  };
}
