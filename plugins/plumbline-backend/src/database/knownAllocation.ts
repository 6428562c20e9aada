import type { Knex } from 'knex';
import { instantFromDatabase } from './days';

const COLUMNS =
  'resource_id, from_day, to_day, entity_id, environment_id, matched_by, known_from';

/**
 * A query for every row that the allocation has or ever had, with the time for which it was known.
 *
 * @param where - a condition on columns that both tables have
 * @internal
 */
export function everAllocated(where: string): string {
  return `select ${COLUMNS}, null as known_to from allocation where ${where}
    union all select ${COLUMNS}, known_to from allocation_history where ${where}`;
}

/**
 * The condition on `allocation` (rows of {@link everAllocated}), `resource` and `entity` that a row was known at
 * an instant, and its entity in the catalog. A resource that no bill had named by then is taken as it was first
 * allocated: whoever gets it later does not get its lines of a month that is closed.
 *
 * @param instant - an expression
 * @internal
 */
export function knownAt(instant: string): string {
  const first = `(select min(first.known_from) from (${everAllocated(
    'resource_id = resource.id',
  )}) as first)`;
  const at = `(case when resource.known_from > ${instant} then coalesce(${first}, ${instant}) else ${instant} end)`;
  return `(allocation.known_from is null or allocation.known_from <= ${at})
    and (allocation.known_to is null or allocation.known_to > ${at})
    and ${presentAt(at)}`;
}

/**
 * The condition on `entity` that the catalog had it at an instant.
 *
 * @param instant - an expression
 * @internal
 */
export function presentAt(instant: string): string {
  return `(entity.removed_at is null or entity.removed_at > ${instant})
    and not exists (
      select 1 from entity_absence as absence where absence.entity_id = entity.id
        and absence.removed_at <= ${instant} and absence.returned_at > ${instant}
    )`;
}

/**
 * When a change counts as known: now, but always after the last closing of a month. What is written after a month
 * was closed was not known then, however long ago whoever writes it began, and whatever their clock says.
 *
 * @param trx - holds the row of the bindings version, so that no month can be closed meanwhile
 * @internal
 */
export async function afterClosings(
  trx: Knex.Transaction,
  now: Date,
): Promise<Date> {
  const row = await trx('closed_month').max({ latest: 'closed_at' }).first();
  const latest = instantFromDatabase(row?.latest);
  return latest && latest >= now ? new Date(latest.getTime() + 1) : now;
}
