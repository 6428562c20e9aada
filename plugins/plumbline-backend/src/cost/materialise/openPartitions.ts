import {
  addMonths,
  instantFromDatabase,
  monthOfInstant,
  type PlumblineDatabase,
} from '../../database';

/** How long a month's figures may still move after they were published, whatever month it is. */
const SETTLING_MS = 24 * 60 * 60 * 1000;

/** @internal */
export interface OpenPartition {
  id: number;
  resourceGeneration: number;
  entityGeneration: number;
}

/**
 * Partitions whose entity rows were made with other bindings than the present ones, and may still change: the
 * present month, the months that the source restates, and those published within the last day (a portal's
 * first import is usually there before its catalog is). A month that was closed is none of these.
 *
 * @internal
 */
export async function openPartitions(
  database: PlumblineDatabase,
  options: {
    now: Date;
    restatedMonths: (sourceId: string) => number;
    bindingsVersion: number;
    /** Only these, open or closed. */
    partitionIds?: readonly number[];
  },
): Promise<OpenPartition[]> {
  const { now, partitionIds } = options;
  const present = monthOfInstant(now);
  const query = database
    .knex('cost_partition as p')
    .join('source as s', 's.id', 'p.source_id')
    .whereNotNull('p.resource_generation')
    .whereNotNull('p.entity_generation')
    .orderBy('p.month', 'desc')
    .select(
      'p.id',
      'p.month',
      'p.published_at',
      'p.resource_generation',
      'p.entity_generation',
      's.source_id as source',
    );
  const rows = await (partitionIds
    ? query.whereIn('p.id', [...partitionIds])
    : query
        .whereNot('p.bindings_version', options.bindingsVersion)
        .whereNotIn('p.month', database.knex('closed_month').select('month')));

  return rows
    .filter(row => {
      const openSince = addMonths(present, -options.restatedMonths(row.source));
      const published = instantFromDatabase(row.published_at)?.getTime() ?? 0;
      return (
        partitionIds !== undefined ||
        row.month >= openSince ||
        published > now.getTime() - SETTLING_MS
      );
    })
    .map(row => ({
      id: row.id,
      resourceGeneration: row.resource_generation,
      entityGeneration: row.entity_generation,
    }));
}
