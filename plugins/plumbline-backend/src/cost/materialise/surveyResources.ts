import { MAX_BATCH, type PlumblineDatabase } from '../../database';
import { costRanges, RANGE } from './costRanges';
import { addSums, type SumsByCurrency } from './costSums';

const TABLE = { name: 'resource_cost_daily', key: 'resource_id' } as const;

/** What a generation of resource rows consists of. */
export interface ResourceSurvey {
  sums: SumsByCurrency;
  /**
   * Its resources in portions of about 5,000 rows, those of one entity next to each other: so hardly any entity
   * row is written in more than one portion.
   */
  portions: Portion[];
}

/** Resources whose rows are written by one statement. */
export interface Portion {
  resources: number[];
  /** Its first entity has rows in the portion before, too. */
  continues: boolean;
}

/** Reads a generation once, a range at a time. @internal */
export async function surveyResources(
  database: PlumblineDatabase,
  generation: number,
): Promise<ResourceSurvey> {
  const sums: SumsByCurrency = new Map();
  const rowCounts = new Map<number, number>();
  for await (const range of costRanges(database, TABLE, generation)) {
    const rows = await database.query(
      `select c.resource_id, c.currency_id, count(*) as row_count,
         cast(sum(c.effective) as text) as effective, cast(sum(c.billed) as text) as billed
       from resource_cost_daily c where ${RANGE('resource_id')}
       group by c.resource_id, c.currency_id`,
      range,
    );
    for (const row of rows) {
      const id = Number(row.resource_id);
      rowCounts.set(id, (rowCounts.get(id) ?? 0) + Number(row.row_count));
      addSums(
        sums,
        Number(row.currency_id),
        BigInt(String(row.effective)),
        BigInt(String(row.billed)),
      );
    }
  }
  const entities = await entitiesOf(database, [...rowCounts.keys()]);
  const resources = [...rowCounts].map(([id, rows]) => ({
    id,
    rows,
    entity: entities.get(id) ?? 0,
  }));
  resources.sort((a, b) => a.entity - b.entity || a.id - b.id);
  return { sums, portions: portionsOf(resources) };
}

/** The entity each resource belongs to at last. */
async function entitiesOf(
  database: PlumblineDatabase,
  resourceIds: readonly number[],
): Promise<Map<number, number>> {
  const entities = new Map<number, number>();
  for (let start = 0; start < resourceIds.length; start += MAX_BATCH) {
    const rows = await database.query(
      `select resource_id, entity_id from allocation
       where resource_id in (${resourceIds
         .slice(start, start + MAX_BATCH)
         .join(', ')})
       order by from_day`,
    );
    rows.forEach(row =>
      entities.set(Number(row.resource_id), Number(row.entity_id)),
    );
    await database.breathe();
  }
  return entities;
}

function portionsOf(
  resources: readonly { id: number; rows: number; entity: number }[],
): Portion[] {
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
