import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { Tally } from '../Tally';
import { expectedOf } from './expected';
import { Product } from './Product';
import { compareTotals, compareSumRule } from './compare';

/**
 * Imports each FOCUS file of a directory by configuration alone, through the whole back end, and compares
 * what is stored with DuckDB's own sums over the same file.
 */
export async function run(directory: string, tally: Tally): Promise<void> {
  const files = (await fs.readdir(directory))
    .filter(name => /\.(parquet|csv|csv\.gz)$/i.test(name))
    .map(name => path.resolve(directory, name));
  tally.check(
    files.length > 0,
    `${directory} has no .parquet, .csv or .csv.gz`,
  );
  for (const file of files) {
    await runFile(file, tally);
  }
}

async function runFile(file: string, tally: Tally): Promise<void> {
  const name = path.basename(file);
  const expected = await expectedOf(file);
  const product = await Product.start(file, expected);
  try {
    await product.import();
    for (const problem of await product.problems()) {
      tally.check(false, `${name}: ${problem}`);
    }
    compareTotals(name, expected.totals, await product.totals(), tally);
    compareSumRule(name, expected.totals, await product.shares(), tally);

    // The comparison must be able to fail: one nano more, and it has to say so.
    await product.addOneNano();
    const deviations: string[] = [];
    compareTotals(name, expected.totals, await product.totals(), {
      check: (holds, deviation) => {
        if (!holds) {
          deviations.push(deviation);
        }
      },
    });
    tally.check(
      deviations.length === 1,
      `${name}: a changed nano was found ${deviations.length} times`,
    );
  } finally {
    await product.stop();
  }
}
