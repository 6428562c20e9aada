/**
 * Adds up rows of the same key. The last two columns are amounts, those before are the key.
 *
 * @internal
 */
export function mergeRows(
  rows: readonly (number | bigint)[][],
): (number | bigint)[][] {
  const merged = new Map<string, (number | bigint)[]>();
  for (const row of rows) {
    const key = row.slice(0, -2).join(',');
    const same = merged.get(key);
    if (same) {
      for (const column of [row.length - 2, row.length - 1]) {
        same[column] = BigInt(same[column]) + BigInt(row[column]);
      }
    } else {
      merged.set(key, [...row]);
    }
  }
  return [...merged.values()];
}
