import { mockCredentials } from '@backstage/backend-test-utils';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  PlumblineClient,
  toEntityRef,
  type ChargeSource,
  type CostQuery,
} from '@plumbline/backstage-plugin-plumbline-common';
import { Decimal } from 'decimal.js';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { expectedOf } from '../focus/expected';
import { Product } from '../focus/Product';
import type { Tally } from '../Tally';

const Exact = Decimal.clone({ precision: 60 });

/** So many entities' figures are opened. */
const ENTITIES = 5;

/**
 * Opens figures of a bill over HTTP, runs the query that is offered for each with a DuckDB that sees the export
 * alone, and compares: the same total, but for what rounding each row to nanos leaves, and as many lines.
 *
 * @param directory - an export in folders by month, or single FOCUS files
 */
export async function run(directory: string, tally: Tally): Promise<void> {
  const root = path.resolve(directory);
  const names = await fs.readdir(root);
  const files = names.filter(name => /\.(parquet|csv|csv\.gz)$/i.test(name));
  if (files.length === 0) {
    await runExport(root, path.join(root, '**/*.parquet'), root, tally);
  }
  for (const file of files) {
    const one = path.join(root, file);
    await runExport(one, one, root, tally);
  }
}

async function runExport(
  location: string,
  pattern: string,
  folder: string,
  tally: Tally,
): Promise<void> {
  const expected = await expectedOf(pattern);
  const product = await Product.start(location, expected);
  try {
    await product.import();
    const months = expected.totals.map(({ month }) => month).sort();
    const newest = new Date(`${months[months.length - 1]}-28`);
    const query: CostQuery = {
      from: new Date(newest.getTime() - 57 * 86_400_000)
        .toISOString()
        .slice(0, 10),
      to: newest.toISOString().slice(0, 10),
    };
    let checked = 0;
    for (let index = 0; index < ENTITIES; index++) {
      checked += await openFigures(
        product.port,
        `component-${index}`,
        query,
        folder,
        tally,
      );
    }
    tally.check(checked > 0, `${location}: no figure could be opened`);
  } finally {
    await product.stop();
  }
}

async function openFigures(
  port: number,
  name: string,
  query: CostQuery,
  folder: string,
  tally: Tally,
): Promise<number> {
  const client = PlumblineClient.create({
    discoveryApi: {
      getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
    },
    fetchApi: {
      fetch: (url, init) =>
        fetch(url, {
          ...init,
          headers: { authorization: mockCredentials.user.header() },
        }),
    },
  });
  const entityRef = toEntityRef({
    kind: 'Component',
    namespace: 'default',
    name,
  });
  let checked = 0;
  for (const basis of ['effective', 'billed'] as const) {
    const costs = await client.getCosts(entityRef, { ...query, basis });
    for (const { currency, total, series } of costs.currencies) {
      const shared = { ...query, basis, currency };
      const figures = [
        { open: shared, total },
        ...series.map(({ key, total: part }) => ({
          open: { ...shared, service: key },
          total: part,
        })),
      ];
      for (const figure of figures) {
        const charges = await client.getCharges(entityRef, figure.open);
        const what = `${name} ${JSON.stringify(figure.open)}`;
        tally.check(
          charges.total === figure.total,
          `${what}: its charges are ${charges.total}, the figure is ${figure.total}`,
        );
        for (const source of charges.sources ?? []) {
          await checkSource(what, source, folder, tally);
          checked += 1;
        }
      }
    }
  }
  return checked;
}

async function checkSource(
  what: string,
  source: ChargeSource,
  folder: string,
  tally: Tally,
): Promise<void> {
  if (!source.sql) {
    tally.check(false, `${what}: no query, because ${source.noSqlReason}`);
    return;
  }
  const instance = await DuckDBInstance.create(':memory:', {
    file_search_path: folder,
  });
  const connection = await instance.connect();
  const [row] = (await connection.runAndReadAll(source.sql)).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  const off = new Exact(String(row.total)).minus(source.rowTotal).abs();
  tally.check(
    off.lte(new Exact('1e-9').times(source.rowCount)) &&
      Number(row.lines) === source.lineCount,
    `${what}, ${source.month}: DuckDB says ${row.total} from ${row.lines} lines, the API ${source.rowTotal} from ${source.lineCount}`,
  );
}
