import { InputError } from '@backstage/errors';
import { DuckDBInstance } from '@duckdb/node-api';
import { createWriteStream } from 'fs';
import { mkdir } from 'fs/promises';
import { dirname, join } from 'path';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { defaultDays, ExportCalendar, yesterday } from '../calendar';
import { PublishedExport, publish } from '../publish';
import {
  accountNumberOf,
  entityNameOf,
  regionOf,
  resourceIdOf,
  scaledColumns,
  scaledRows,
  ScaledSize,
  sizeOf,
  rowsPerGroup,
} from './focusSql';

/** What to export. The same options give the same bytes. */
export type ScaledExportOptions = {
  directory: string;
  /** Default 1. */
  seed?: number;
  /** Last day with charges, `YYYY-MM-DD`; default yesterday, UTC. */
  end?: string;
  /** Default 5,000,000; rounded to whole groups of five a day. */
  rows?: number;
  /** Default 10,000. */
  entities?: number;
  /** How many days the rows are spread over, up to the last one; default 400. */
  days?: number;
};

const entitiesFile = 'entities.ndjson';

/** One line of `entities.ndjson`. */
export type ScaledEntity = {
  entityRef: string;
  owner: string;
  system: string;
  domain: string;
  accountId: string;
  region: string;
  /** ARNs of its resources, as the export calls them. */
  resources: string[];
};

function entityOf(entity: number): ScaledEntity {
  return {
    entityRef: `component:default/${entityNameOf(entity)}`,
    owner: `group:default/team-${entity % 120}`,
    system: `system:default/system-${entity % 400}`,
    domain: `domain:default/domain-${entity % 20}`,
    accountId: accountNumberOf(entity),
    region: regionOf(entity),
    resources: [resourceIdOf(entity)],
  };
}

function* entityLines(count: number): Generator<string> {
  for (let entity = 0; entity < count; entity++) {
    yield `${JSON.stringify(entityOf(entity))}\n`;
  }
}

async function writeMonths(
  folder: string,
  size: ScaledSize,
  calendar: ExportCalendar,
): Promise<{ path: string; rows: number }[]> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '800MB',
  });
  const connection = await instance.connect();
  const select = scaledColumns
    .map(([name, expression]) => `${expression} AS "${name}"`)
    .join(', ');
  const files: { path: string; rows: number }[] = [];
  try {
    for (const month of calendar.months()) {
      const from = Math.max(0, calendar.dayOf(`${month}-01`));
      let until = from;
      while (until < size.days && calendar.month(until) === month) {
        until++;
      }
      const file = {
        path: `aws/BILLING_PERIOD=${month}/part-00001.snappy.parquet`,
        rows: (until - from) * sizeOf(size).groupsPerDay * rowsPerGroup,
      };
      const target = join(folder, file.path);
      await mkdir(dirname(target), { recursive: true });
      const rows = scaledRows(size, calendar.date(0), { from, until });
      await connection.run(
        `COPY (SELECT ${select} FROM (${rows})) TO '${target.replace(
          /'/g,
          "''",
        )}' (FORMAT parquet, COMPRESSION snappy)`,
      );
      files.push(file);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return files;
}

/**
 * Writes a large AWS export, and beside it the entities that its resources
 * belong to, one JSON object a line.
 *
 * @throws InputError where a size is not a whole number above zero
 */
export async function exportScaled(
  options: ScaledExportOptions,
): Promise<PublishedExport> {
  const {
    directory,
    seed = 1,
    end = yesterday(),
    rows = 5_000_000,
    entities = 10_000,
    days = defaultDays,
  } = options;
  for (const [name, value] of Object.entries({ rows, entities, days })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InputError(
        `'${name}' is ${value}; give a whole number above zero`,
      );
    }
  }
  const calendar = ExportCalendar.create({ end, days });
  const size = { rows, entities, seed, days };
  const recipe = { kind: 'scaled', seed, end, rows, entities, days };
  return publish({ directory, recipe }, async folder => {
    const files = await writeMonths(folder, size, calendar);
    await pipeline(
      Readable.from(entityLines(entities)),
      createWriteStream(join(folder, entitiesFile)),
    );
    return { files: [...files, { path: entitiesFile, rows: entities }] };
  });
}
