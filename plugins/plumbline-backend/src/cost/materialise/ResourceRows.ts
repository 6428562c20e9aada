import type { PlumblineDatabase } from '../../database';
import { CostColumns } from './CostColumns';
import { costRanges, RANGE } from './costRanges';

const TABLE = { name: 'resource_cost_daily', key: 'resource_id' } as const;

/** The resource rows of one generation, by resource. @internal */
export interface ResourceRows {
  /** How many rows each resource has. */
  counts(): Promise<ReadonlyMap<number, number>>;
  /** The rows of some resources. */
  read(resources: readonly number[]): Promise<CostColumns>;
}

/** Rows that are still in memory, just written. @internal */
export function keptRows(rows: CostColumns): ResourceRows {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows.length; row++) {
    const resource = rows.resource[row];
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  // Where each resource's rows stand in `order`.
  const starts = new Map<number, number>();
  let start = 0;
  for (const [resource, count] of counts) {
    starts.set(resource, start);
    start += count;
  }
  const order = new Int32Array(rows.length);
  const next = new Map(starts);
  for (let row = 0; row < rows.length; row++) {
    const position = next.get(rows.resource[row])!;
    order[position] = row;
    next.set(rows.resource[row], position + 1);
  }
  return {
    counts: async () => counts,
    read: async resources => {
      const read = new CostColumns();
      for (const resource of resources) {
        const from = starts.get(resource)!;
        const to = from + counts.get(resource)!;
        for (let position = from; position < to; position++) {
          const row = order[position];
          read.push(
            resource,
            rows.day[row],
            rows.service[row],
            rows.currency[row],
            rows.chargeKind[row],
            rows.effective[row],
            rows.billed[row],
          );
        }
      }
      return read;
    },
  };
}

/** Rows of a generation as the database has them. @internal */
export function storedRows(
  database: PlumblineDatabase,
  generation: number,
): ResourceRows {
  return {
    counts: async () => {
      const counts = new Map<number, number>();
      for await (const range of costRanges(database, TABLE, generation)) {
        const rows = await database.query(
          `select c.resource_id, count(*) as row_count from resource_cost_daily c
           where ${RANGE('resource_id')} group by c.resource_id`,
          range,
        );
        for (const row of rows) {
          const id = Number(row.resource_id);
          counts.set(id, (counts.get(id) ?? 0) + Number(row.row_count));
        }
      }
      return counts;
    },
    read: async resources => {
      const rows = await database.query(
        `select c.resource_id, c.day, c.service_id, c.currency_id, c.charge_kind_id,
           cast(c.effective as text) as effective, cast(c.billed as text) as billed
         from resource_cost_daily c
         where c.generation_id = ? and c.resource_id in (${resources.join(
           ', ',
         )})`,
        [generation],
      );
      const read = new CostColumns();
      for (const row of rows) {
        read.push(
          Number(row.resource_id),
          Number(row.day),
          Number(row.service_id),
          Number(row.currency_id),
          Number(row.charge_kind_id),
          BigInt(String(row.effective)),
          BigInt(String(row.billed)),
        );
      }
      return read;
    },
  };
}
