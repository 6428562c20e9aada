import type { PlumblineDatabase } from '../../database';

/** How the tickets of rebuilds begin: they aren't those of a source's slice. @internal */
export const REBUILD_TICKET = 'rebuild:';

/** Opens a generation: rows that are written under its id are seen by nobody until a partition points at it. @internal */
export async function openGeneration(
  database: PlumblineDatabase,
  partitionId: number,
  ticket: string,
): Promise<number> {
  const [row] = await database
    .knex('generation')
    .insert({ partition_id: partitionId, ticket, created_at: new Date() })
    .returning('id');
  return row.id;
}

/** A subquery for `whereExists`: the generation hasn't been given up meanwhile. @internal */
export function generationStands(
  database: PlumblineDatabase,
  generation: number,
  ticket: string,
) {
  return database
    .knex('generation')
    .select(database.knex.raw('1'))
    .where({ id: generation, ticket })
    .forShare();
}
