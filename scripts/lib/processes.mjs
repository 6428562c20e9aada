import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cache } from './paths.mjs';

const TAIL_LINES = 30;
const KILL_AFTER_MS = 8000;
const PARENT_POLL_MS = 1000;
const running = new Set();

/**
 * Runs a program to its end, its output in .cache/logs/<log>.log.
 *
 * @param {{ log: string, cwd: string, env: object, shell?: boolean, onLine?: (line: string) => void }} options
 * @throws Error with the last lines of output when it exits with anything but 0
 */
export async function run(
  program,
  args,
  { log, cwd, env, shell = false, onLine },
) {
  const logFile = path.join(cache, 'logs', `${log}.log`);
  await mkdir(path.dirname(logFile), { recursive: true });
  const file = createWriteStream(logFile);
  const child = launch(program, args, {
    cwd,
    env,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = [];
  for (const stream of [child.stdout, child.stderr]) {
    eachLine(stream, line => {
      file.write(`${line}\n`);
      tail.push(line);
      if (tail.length > TAIL_LINES) {
        tail.shift();
      }
      onLine?.(line);
    });
  }
  const outcome = await ended(child);
  file.end();
  if (outcome !== 0) {
    const output = tail.map(line => `  | ${line}`).join('\n');
    throw new Error(
      `${output}\nIt ended with ${outcome}; the whole output is in ${logFile}`,
    );
  }
}

/** Starts a long-running program; {@link stopAll} stops it. */
export function launch(program, args, options) {
  // A process group of its own, so that what it starts can be stopped with it.
  const child = spawn(program, args, {
    ...options,
    detached: process.platform !== 'win32',
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** The exit code, or the signal or error that ended the program. */
export function ended(child) {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}

/** Calls back with every line of a stream. */
export function eachLine(stream, callback) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', chunk => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop();
    lines.forEach(callback);
  });
  stream.on('end', () => rest && callback(rest));
}

/** Asks everything that was started to stop, and insists after a while. */
export async function stopAll() {
  const children = [...running];
  const gone = Promise.all(children.map(ended));
  children.forEach(child => signal(child, 'SIGTERM'));
  const insist = setTimeout(
    () => children.forEach(child => signal(child, 'SIGKILL')),
    KILL_AFTER_MS,
  );
  await gone;
  clearTimeout(insist);
}

function signal(child, name) {
  try {
    if (process.platform === 'win32') {
      child.kill(name);
    } else {
      process.kill(-child.pid, name);
    }
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

/** On Ctrl-C and its like, stops what was started, then this process too. */
export function stopOnSignals() {
  const stop = code => stopAll().then(() => process.exit(code));
  for (const [name, number] of Object.entries({
    SIGHUP: 1,
    SIGINT: 2,
    SIGTERM: 15,
  })) {
    process.once(name, () => {
      console.log('\nStopping.');
      stop(128 + number);
    });
  }
  if (process.env.npm_lifecycle_event) {
    // npm runs scripts in a shell, and a shell that is told to end does not pass it on.
    const parent = process.ppid;
    setInterval(
      () => process.ppid !== parent && stop(128 + 15),
      PARENT_POLL_MS,
    ).unref();
  }
}
