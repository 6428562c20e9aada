import type { Values } from '../../database';

/**
 * Adds up rows of the same key. The last two columns are amounts, those before are the key.
 *
 * @internal
 */
export function mergeRows(values: readonly Values[]): Values[] {
  const keys = values.slice(0, -2);
  const amounts = values
    .slice(-2)
    .map(column => BigInt64Array.from(column, BigInt));
  const positions = new Map<string, number>();
  const first: number[] = [];
  for (let row = 0; row < values[0].length; row++) {
    const key = keys.map(column => column[row]).join(',');
    const same = positions.get(key);
    if (same === undefined) {
      positions.set(key, row);
      first.push(row);
    } else {
      amounts.forEach(column => {
        column[same] += column[row];
      });
    }
  }
  return [...keys, ...amounts].map(column => takeRows(column, first));
}

function takeRows(column: Values, rows: readonly number[]): Values {
  if (column instanceof Int32Array) {
    return Int32Array.from(rows, row => column[row]);
  }
  return column instanceof BigInt64Array
    ? BigInt64Array.from(rows, row => column[row])
    : rows.map(row => column[row]);
}
