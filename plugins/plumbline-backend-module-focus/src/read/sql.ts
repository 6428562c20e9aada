/**
 * A string as an SQL literal.
 *
 * @internal
 */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * A name as an SQL identifier.
 *
 * @internal
 */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
