import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { StepError } from './steps.mjs';

const LISTENING = '0A';

/**
 * Throws when somebody answers on a port of this machine, and says who it is where that can be found out.
 *
 * @param {number} port
 * @param {string} purpose what the port is wanted for
 * @param {string} advice another way out than stopping the other program
 */
export async function requireFreePort(port, purpose, advice) {
  if (await isTaken(port)) {
    throw new StepError(
      takenMessage(port, purpose, await ownerOf(port), advice),
    );
  }
}

export function takenMessage(port, purpose, owner, advice) {
  const by = owner
    ? `by process ${owner.pid}: ${owner.command}`
    : 'by another program';
  return `Failed: port ${port}, which ${purpose} needs, is taken ${by}\nWhat to do: stop that program, or ${advice}`;
}

function isTaken(port) {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = taken => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/** The process that listens on a port; undefined where the system does not tell. */
export async function ownerOf(port) {
  return process.platform === 'linux'
    ? ownerFromProc(port)
    : ownerFromLsof(port);
}

async function ownerFromProc(port) {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map(name => read(`/proc/net/${name}`)),
  );
  const inodes = new Set(tables.flatMap(table => listeningInodes(table, port)));
  for (const pid of (await readdir('/proc')).filter(name =>
    /^\d+$/.test(name),
  )) {
    // Other users' processes, and those that end meanwhile, cannot be looked into.
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(
        () => '',
      );
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode && inodes.has(inode)) {
        const command = (await read(`/proc/${pid}/cmdline`))
          .split('\0')
          .join(' ')
          .trim();
        return { pid: Number(pid), command };
      }
    }
  }
  return undefined;
}

/** The inodes of the sockets that listen on a port, from the text of /proc/net/tcp. */
export function listeningInodes(table, port) {
  const rows = table.trim().split('\n').slice(1);
  return rows
    .map(row => row.trim().split(/\s+/))
    .filter(([, local, , state]) => {
      const localPort = parseInt(local.slice(local.lastIndexOf(':') + 1), 16);
      return state === LISTENING && localPort === port;
    })
    .map(columns => columns[9]);
}

async function ownerFromLsof(port) {
  if (process.platform === 'win32') {
    return undefined;
  }
  try {
    const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
    const { stdout } = await promisify(execFile)('lsof', args);
    const pid = Number(/^p(\d+)$/m.exec(stdout)?.[1]);
    return pid
      ? { pid, command: /^c(.*)$/m.exec(stdout)?.[1] ?? 'unknown' }
      : undefined;
  } catch {
    // No lsof, or nothing that we may see.
    return undefined;
  }
}

async function read(file) {
  return readFile(file, 'utf8').catch(() => '');
}
