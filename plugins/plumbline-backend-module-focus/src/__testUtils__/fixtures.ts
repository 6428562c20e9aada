import type {
  BilledResource,
  BilledService,
  CollectContext,
  CostBatch,
  CostSource,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';
import { mockServices } from '@backstage/backend-test-utils';
import { DuckDBInstance } from '@duckdb/node-api';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FocusExport } from '../config';
import { FocusSource } from '../FocusSource';
import type { ExportStorage } from '../storage/ExportStorage';
import { LocalStorage } from '../storage/LocalStorage';

/** A line of an export by column; `undefined` leaves the column out, an empty string is null. */
export type Line = Record<string, string | undefined>;

/** An ordinary line of AWS's bill. */
export const line: Line = {
  BilledCost: '1.5',
  EffectiveCost: '1.25',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2026-09-01T00:00:00Z',
  BillingPeriodEnd: '2026-10-01T00:00:00Z',
  ChargePeriodStart: '2026-09-10T05:00:00Z',
  ChargePeriodEnd: '2026-09-10T06:00:00Z',
  ChargeCategory: 'Usage',
  ChargeClass: '',
  ServiceName: 'AWS Lambda',
  ServiceCategory: 'Compute',
  ProviderName: 'AWS',
  BillingAccountId: '999999999999',
  SubAccountId: '111111111111',
  SubAccountName: 'shop-prod',
  ResourceId: 'arn:aws:lambda:eu-west-1:111111111111:function:checkout',
  ResourceName: 'checkout',
  ResourceType: 'Function',
  RegionId: 'eu-west-1',
  CommitmentDiscountStatus: '',
  Tags: '{"team":"shop"}',
};

/** The lines as CSV. */
export function csv(lines: Line[]): string {
  const columns = [
    ...new Set(
      lines.flatMap(item =>
        Object.keys(item).filter(name => item[name] !== undefined),
      ),
    ),
  ];
  const quoted = (text: string) =>
    text === '' ? '' : `"${text.replaceAll('"', '""')}"`;
  return [
    columns.join(','),
    ...lines.map(item => columns.map(name => quoted(item[name] ?? '')).join()),
  ]
    .join('\n')
    .concat('\n');
}

/** Writes lines as the file's name says: `.csv`, `.csv.gz` or `.parquet`; for Parquet with DuckDB types by column. */
export async function writeLines(
  directory: string,
  name: string,
  lines: Line[],
  types: Record<string, string> = {},
): Promise<string> {
  const file = path.join(directory, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  if (name.endsWith('.csv.gz')) {
    await fs.writeFile(file, gzipSync(csv(lines)));
  } else if (name.endsWith('.csv')) {
    await fs.writeFile(file, csv(lines));
  } else {
    const text = `${file}.source`;
    await fs.writeFile(text, csv(lines));
    const selected = Object.entries(types)
      .map(([column, expression]) => `${expression} AS "${column}"`)
      .join(', ');
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT * ${
        selected && `REPLACE (${selected})`
      } FROM read_csv('${text.replaceAll(
        "'",
        "''",
      )}', all_varchar = true, header = true, quote = '"', escape = '"', delim = ',')) TO '${file.replaceAll(
        "'",
        "''",
      )}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    await fs.rm(text);
  }
  return file;
}

/** A source over a directory, or over other storage. */
export function sourceOf(
  place: string | ExportStorage,
  options: Partial<FocusExport> = {},
): FocusSource {
  const storage =
    typeof place === 'string' ? LocalStorage.create({ path: place }) : place;
  return FocusSource.create({
    storage,
    export: {
      name: 'test',
      title: 'Test export',
      location: { path: storage.location },
      schedule: { frequency: { hours: 6 }, timeout: { hours: 1 } },
      restatedMonths: 3,
      limits: { memory: '512MB', threads: 2 },
      ...options,
    },
  });
}

/** What a run is given unless a test says otherwise. */
export function contextOf(
  context: Partial<CollectContext> = {},
): CollectContext {
  return {
    window: { from: '2026-01', to: '2026-12' },
    published: new Map(),
    budget: { remaining: 0, spend: async () => {} },
    signal: new AbortController().signal,
    logger: mockServices.logger.mock(),
    ...context,
  };
}

type Ending = Extract<CostBatch, { cursor: string }>;

/** A partition as a person would look at it. */
export interface Partition {
  ending: Ending;
  resources: BilledResource[];
  services: BilledService[];
  rows: Array<DailyCost & { resourceId: string; date: string }>;
}

/** Everything a source says, by month. */
export async function collect(
  source: CostSource,
  context: Partial<CollectContext> = {},
): Promise<Record<string, Partition>> {
  const partitions: Record<string, Partition> = {};
  let current: Omit<Partition, 'ending'> = emptyPartition();
  for await (const batch of source.collect(contextOf(context))) {
    if (batch.type === 'partition') {
      current = emptyPartition();
    } else if (batch.type === 'resources') {
      current.resources.push(...batch.resources);
    } else if (batch.type === 'services') {
      current.services.push(...batch.services);
    } else if (batch.type === 'rows') {
      const { resources } = current;
      current.rows.push(
        ...batch.rows.map(row => ({
          ...row,
          resourceId: resources[row.resource].resourceId,
          date: new Date(row.day * 86_400_000).toISOString().slice(0, 10),
        })),
      );
    } else {
      partitions[batch.partition] = { ...current, ending: batch };
      current = emptyPartition();
    }
  }
  return partitions;
}

function emptyPartition(): Omit<Partition, 'ending'> {
  return { resources: [], services: [], rows: [] };
}
