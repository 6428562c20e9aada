import { exportScaled } from '@plumbline/demo';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  postgresUrl,
  report,
  say,
  scratchDatabase,
  type BenchOptions,
  type ScratchDatabase,
} from '../lib';
import type { CloseResult } from './closer';

const CHARGES = 3_000_000;
const MONTH = '2026-10';
const TARGET = 'at most 60';

/** A month with three million charges: from Parquet files to a closed statement. */
export async function run(options: BenchOptions): Promise<void> {
  const scratch = options.data
    ? undefined
    : await mkdtemp(path.join(tmpdir(), 'plumbline-bench-'));
  try {
    const data = options.data ?? (await makeExport(scratch!));
    for (const name of ['sqlite', 'postgres'] as const) {
      if (name === 'postgres' && !postgresUrl()) {
        say('No PostgreSQL server in the environment: left out');
      } else {
        say(`Importing and closing ${MONTH} on ${name}…`);
        reportResult(name, await close(name, data));
      }
    }
  } finally {
    if (scratch) {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}

async function makeExport(scratch: string): Promise<string> {
  say(`Writing a month of ${CHARGES.toLocaleString('en')} charges…`);
  const directory = path.join(scratch, 'export');
  await exportScaled({
    directory,
    rows: CHARGES,
    end: `${MONTH}-31`,
    days: 31,
  });
  return directory;
}

function reportResult(
  name: ScratchDatabase['name'],
  result: CloseResult,
): void {
  const suffix = name === 'postgres' ? '.postgres' : '';
  const { importMs, closeMs, charges, lines, entities } = result;
  const what = `${charges} charges, ${lines} lines of ${entities} entities`;
  report({
    name: `close.seconds${suffix}`,
    value: closeMs / 1000,
    unit: 's',
    against: `from live figures to a closed month; ${what}; ${TARGET}`,
  });
  report({
    name: `close.total.seconds${suffix}`,
    value: (importMs + closeMs) / 1000,
    unit: 's',
    against: `from the export's files to a closed month; ${what}; ${TARGET}`,
  });
  report({
    name: `close.rss${suffix}`,
    value: result.rssMiB,
    unit: 'MiB',
    against: 'highest resident size of the process; at most 1024',
  });
}

/** In a process of its own, so that its memory is its own. */
async function close(
  name: ScratchDatabase['name'],
  data: string,
): Promise<CloseResult> {
  const scratch = await scratchDatabase(name);
  try {
    const child = fork(
      require.resolve('./closer.ts'),
      [JSON.stringify(scratch.config), data, MONTH],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        ],
      },
    );
    let result: CloseResult | undefined;
    child.on('message', (message: { result?: CloseResult }) => {
      result = message.result ?? result;
    });
    await once(child, 'exit');
    if (!result) {
      throw new Error(`Closing on ${name} ended without a result`);
    }
    return result;
  } finally {
    await scratch.drop();
  }
}
