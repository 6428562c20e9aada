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
