const NANOS = 1_000_000_000n;

/** A row with the two parts of an exact sum for each name. @internal */
export type ExactSumRow<Name extends string> = Record<
  `${Name}_units` | `${Name}_nanos`,
  string
>;

/**
 * The columns of an exact sum of nanos: whole units and nanos apart, as text. SQLite's sums end at 9.2 billion units,
 * and a driver would make a float of what is past 2⁵³.
 *
 * @param expression - SQL of one amount in nanos
 * @param name - how the columns begin: `<name>_units`, `<name>_nanos`
 * @param filter - a `filter` clause, where not all rows are meant
 * @internal
 */
export function exactSum(
  expression: string,
  name: string,
  filter = '',
): string {
  return (
    `cast(sum(${expression} / ${NANOS}) ${filter} as text) as ${name}_units, ` +
    `cast(sum(${expression} % ${NANOS}) ${filter} as text) as ${name}_nanos`
  );
}

/** The sum in nanos of what {@link exactSum} selected. @internal */
export function exactAmount<Name extends string>(
  row: ExactSumRow<Name>,
  name: Name,
): bigint {
  return BigInt(row[`${name}_units`]) * NANOS + BigInt(row[`${name}_nanos`]);
}
