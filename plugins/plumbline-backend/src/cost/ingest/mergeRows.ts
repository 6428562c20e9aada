import { addToRow, RowAmountError, type Values } from '../../database';

/**
 * Adds up rows of the same key. The first columns are the key, those behind them are added up.
 *
 * @throws RowAmountError when a sum is more than a row holds
 * @param keyColumns - how many columns the key has
 * @internal
 */
export function mergeRows(
  values: readonly Values[],
  keyColumns: number,
): Values[] {
  const keys = values.slice(0, keyColumns);
  const amounts = values
    .slice(keyColumns)
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
        if (!addToRow(column, same, column[row])) {
          throw new RowAmountError();
        }
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
