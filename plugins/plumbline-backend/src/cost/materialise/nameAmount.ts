import { RowAmountError, type PlumblineDatabase } from '../../database';

/**
 * The same error with the names of what it is about.
 *
 * @param opening - of the sentence, such as the month
 * @internal
 */
export async function nameAmount(
  database: PlumblineDatabase,
  opening: string,
  { row }: RowAmountError,
): Promise<RowAmountError> {
  const { entity, resource, service, currency } = row;
  const named = async (table: string, column: string, id?: number) =>
    id === undefined
      ? undefined
      : (await database.knex(table).where({ id }).first(column))?.[column];
  const [ref, nativeId, name, code] = [
    await named('entity', 'ref', entity),
    await named('resource', 'native_id', resource),
    await named('service', 'name', service),
    await named('currency', 'code', currency),
  ];
  const what = [
    name && `of '${name}'`,
    nativeId && `of the resource '${nativeId}'`,
    ref && `of '${ref}'`,
  ].filter(Boolean);
  return new RowAmountError(
    row,
    `${opening}: the cost ${what.join(' ')}${
      code ? ` in ${code}` : ''
    }`.replace('  ', ' '),
  );
}
