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
import { bareQuery, type BareResult } from './bareQuery';
import type { ImportResult } from './importer';

const ROWS = 5_000_000;
const ROUNDS = 3;
const MAX_RATIO = { sqlite: 6, postgres: 10 };

/**
 * Five million FOCUS rows from Parquet files to a live generation, against DuckDB's bare query with the same
 * grouping in the same run.
 */
export async function run(options: BenchOptions): Promise<void> {
  const scratch = options.data
    ? undefined
    : await mkdtemp(path.join(tmpdir(), 'plumbline-bench-'));
  try {
    await measure(options.data ?? (await makeExport(scratch!)));
  } finally {
    if (scratch) {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}

async function makeExport(scratch: string): Promise<string> {
  say(`Writing an export of ${ROWS.toLocaleString('en')} rows…`);
  const directory = path.join(scratch, 'export');
  await exportScaled({ directory, rows: ROWS });
  return directory;
}

async function measure(data: string): Promise<void> {
  for (const name of ['sqlite', 'postgres'] as const) {
    if (name === 'postgres' && !postgresUrl()) {
      say('No PostgreSQL server in the environment: left out');
      continue;
    }
    // Side by side, so that whatever else the machine does weighs on both.
    const rounds: { bare: BareResult; result: ImportResult }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        bare: await bareQuery(data),
        result: await importInto(name, data),
      });
    }
    reportRounds(name, rounds);
  }
}

function reportRounds(
  name: ScratchDatabase['name'],
  rounds: { bare: BareResult; result: ImportResult }[],
): void {
  const [{ bare, result }] = rounds;
  const of = `median of ${ROUNDS}`;
  report({
    name: `ingest.duckdb.${name}`,
    value: median(rounds.map(round => round.bare.ms)),
    unit: 'ms',
    against: `DuckDB's bare query, ${bare.groups} groups fetched and decoded; ${of}`,
  });
  report({
    name: `ingest.duckdb.engine.${name}`,
    value: median(rounds.map(round => round.bare.engineMs)),
    unit: 'ms',
    against: `DuckDB's bare query, ${bare.groups} groups fetched, not decoded; ${of}`,
  });
  report({
    name: `ingest.time.${name}`,
    value: median(rounds.map(round => round.result.ms)),
    unit: 'ms',
    against: `${result.lines} rows to ${result.resourceRows} resource and ${result.entityRows} entity rows; ${of}`,
  });
  report({
    name: `ingest.ratio.${name}`,
    value: median(rounds.map(round => round.result.ms / round.bare.ms)),
    unit: '×',
    against: `DuckDB's bare query, groups decoded; at most ${MAX_RATIO[name]}`,
  });
  report({
    name: `ingest.ratio.engine.${name}`,
    value: median(rounds.map(round => round.result.ms / round.bare.engineMs)),
    unit: '×',
    against: `DuckDB's bare query, groups not decoded; at most ${MAX_RATIO[name]} by the stricter reading`,
  });
  report({
    name: `ingest.rss.${name}`,
    value: Math.max(...rounds.map(round => round.result.rssMiB)),
    unit: 'MiB',
    against: 'highest resident size of the importing process; at most 1024',
  });
}

function median(values: number[]): number {
  return values.sort((x, y) => x - y)[Math.floor(values.length / 2)];
}

/** In a process of its own, so that its memory is its own. */
async function importInto(
  name: ScratchDatabase['name'],
  data: string,
): Promise<ImportResult> {
  const scratch = await scratchDatabase(name);
  try {
    const child = fork(
      require.resolve('./importer.ts'),
      [JSON.stringify(scratch.config), data],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        ],
      },
    );
    let result: ImportResult | undefined;
    child.on('message', (message: { imported?: ImportResult }) => {
      result = message.imported ?? result;
    });
    await once(child, 'exit');
    if (!result) {
      throw new Error(`The import into ${name} ended without a result`);
    }
    return result;
  } finally {
    await scratch.drop();
  }
}
