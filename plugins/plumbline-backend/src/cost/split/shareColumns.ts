import { amountColumn, type Values } from '../../database';
import type { ShareRow } from './ShareSums';

/**
 * Shares column by column, in the order of the table’s.
 *
 * @throws RowAmountError when one is more than a row holds
 * @internal
 */
export function shareColumns(
  rows: readonly ShareRow[],
  generation: number,
): Values[] {
  const integers = (of: (row: ShareRow) => number) => Int32Array.from(rows, of);
  return [
    new Int32Array(rows.length).fill(generation),
    integers(row => row.entity),
    rows.map(row => row.month),
    integers(row => row.environment),
    integers(row => row.from),
    integers(row => row.rule),
    integers(row => row.currency),
    rows.map(row => row.state),
    rows.map(row => row.weight),
    rows.map(row => row.weightTotal),
    integers(row => Number(row.dated)),
    amountColumn(rows, row => row.effective),
    amountColumn(rows, row => row.billed),
  ];
}
