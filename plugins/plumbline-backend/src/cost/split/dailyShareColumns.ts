import { RowAmountError, type Values } from '../../database';
import { CostColumns } from '../materialise/CostColumns';
import { entityRowsOf } from '../materialise/entityRows';
import type { PartHolder } from './PartsChunk';

/**
 * Parts that went to others, by day, column by column, in the order of the table's. What stayed with its owner is left out:
 * the owner's own rows make it up.
 *
 * @param rows - parts; a "resource" is the number of a holder
 * @internal
 */
export function dailyShareColumns(
  rows: CostColumns,
  holders: readonly PartHolder[],
  generation: number,
): Values[] {
  const [generations, numbers, days, ...kindsAndAmounts] = addedByHolder(
    withoutKept(rows, holders),
    holders,
    generation,
  );
  const ofHolder = (column: (holder: PartHolder) => number) =>
    Int32Array.from(numbers as Int32Array, number => column(holders[number]));
  return [
    generations,
    ofHolder(({ entity }) => entity),
    days,
    ofHolder(({ from }) => from),
    ofHolder(({ rule }) => rule),
    ...kindsAndAmounts,
  ];
}

/** Added up by the number of the holder in place of by entity. */
function addedByHolder(
  rows: CostColumns,
  holders: readonly PartHolder[],
  generation: number,
): Values[] {
  try {
    return entityRowsOf(
      rows,
      {
        find: number => ({
          fromDay: -Infinity,
          toDay: Infinity,
          entity: number,
          environment: holders[number].environment,
          restOfAccount: false,
        }),
        bucket: () => 0,
        unknownEnvironment: 0,
      },
      generation,
    ).daily;
  } catch (error) {
    if (error instanceof RowAmountError) {
      const { entity: number = 0, ...row } = error.row;
      throw new RowAmountError({ ...row, entity: holders[number].entity });
    }
    throw error;
  }
}

function withoutKept(
  rows: CostColumns,
  holders: readonly PartHolder[],
): CostColumns {
  const given = new CostColumns();
  for (let row = 0; row < rows.length; row++) {
    const { entity, from } = holders[rows.resource[row]];
    if (entity !== from) {
      given.push(
        rows.resource[row],
        rows.day[row],
        rows.service[row],
        rows.currency[row],
        rows.chargeKind[row],
        rows.effective[row],
        rows.billed[row],
      );
    }
  }
  return given;
}
