import { MAX_BATCH } from '../../database';

/** Resources whose rows are added up at one go. @internal */
export interface Portion {
  resources: number[];
  /** Its first entity has rows in the portion before, too. */
  continues: boolean;
}

/**
 * Resources in portions of about 5,000 rows, those of one entity next to each other: so hardly any entity row is
 * written in more than one portion.
 *
 * @internal
 */
export function portionsOf(
  counts: ReadonlyMap<number, number>,
  entityOf: (resource: number) => number,
): Portion[] {
  const resources = [...counts].map(([id, rows]) => ({
    id,
    rows,
    entity: entityOf(id),
  }));
  resources.sort((a, b) => a.entity - b.entity || a.id - b.id);
  const portions: Portion[] = [];
  let room = 0;
  let entityBefore: number | undefined;
  for (const { id, rows, entity } of resources) {
    if (rows > room || portions.length === 0) {
      portions.push({ resources: [], continues: entity === entityBefore });
      room = MAX_BATCH;
    }
    portions[portions.length - 1].resources.push(id);
    room -= rows;
    entityBefore = entity;
  }
  return portions;
}
