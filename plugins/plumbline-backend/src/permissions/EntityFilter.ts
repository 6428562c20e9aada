import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { PlumblineEntityFilter } from '@plumbline/backstage-plugin-plumbline-node';
import type { Knex } from 'knex';

/** Which entities a caller may read; all where undefined. @internal */
export type EntityFilter =
  | PermissionCriteria<PlumblineEntityFilter>
  | undefined;

/** Matches no entity. @internal */
export const NO_ENTITY: EntityFilter = { property: 'ref', values: [] };

/**
 * Adds the filter to a query on the entity table. A column without a value matches nothing, so that `not`
 * means the same here as in memory.
 *
 * @internal
 */
export function whereEntity(
  query: Knex.QueryBuilder,
  filter: EntityFilter,
): void {
  if (filter === undefined) {
    return;
  }
  if (isAndCriteria(filter)) {
    for (const part of filter.allOf) {
      query.where(nested => whereEntity(nested, part));
    }
  } else if (isOrCriteria(filter)) {
    query.where(any => {
      for (const part of filter.anyOf) {
        any.orWhere(nested => whereEntity(nested, part));
      }
    });
  } else if (isNotCriteria(filter)) {
    query.whereNot(nested => whereEntity(nested, filter.not));
  } else {
    query
      .whereNotNull(`entity.${filter.property}`)
      .whereIn(`entity.${filter.property}`, filter.values);
  }
}
