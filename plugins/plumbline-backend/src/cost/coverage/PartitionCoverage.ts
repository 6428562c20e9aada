import { SHARED_ENTITY_ID, type PlumblineDatabase } from '../../database';
import { Allocations } from '../materialise/Allocations';
import { costRanges, RANGE, type CostRange } from '../materialise/costRanges';
import { Proofs } from './Proofs';
import {
  ResourceParts,
  sumOf,
  type CoveragePart,
  type CoverageSum,
  type Line,
} from './ResourceParts';

const TABLE = { name: 'resource_cost_daily', key: 'resource_id' } as const;

/**
 * Adds up a generation of resource rows by account and by what became of them: each row counts once, so that
 * the sums are the bill.
 *
 * @param options - `knownAt`: by the allocation as it was known then
 * @internal
 */
export async function partitionCoverage(
  database: PlumblineDatabase,
  generation: number,
  options: { knownAt?: Date; signal?: AbortSignal } = {},
): Promise<CoverageSum[]> {
  const sums = new Map<string, CoverageSum>();
  let present = new ResourceParts();
  for await (const range of costRanges(database, TABLE, generation)) {
    options.signal?.throwIfAborted();
    const lines = await linesOf(database, range);
    const resources = [...new Set(lines.map(({ resource }) => resource))];
    const allocations = await Allocations.load(database, resources, options);
    const proofs = await Proofs.load(database, resources);
    for (const line of lines) {
      if (line.resource !== present.resource) {
        present.countIn(sums);
        present = new ResourceParts(line);
      }
      const part = partOf(line, allocations, proofs);
      sumOf(sums, line, part).effective += line.effective;
      present.note(line, part);
    }
  }
  present.countIn(sums);
  return [...sums.values()];
}

function partOf(
  { resource, day, chargeKind }: Line,
  allocations: Allocations,
  proofs: Proofs,
): CoveragePart {
  const allocation = allocations.find(resource, day, chargeKind);
  if (allocation) {
    return proofs.isProven(resource, allocation.entity) ? 'proven' : 'claimed';
  }
  return allocations.bucket(chargeKind) === SHARED_ENTITY_ID
    ? 'shared'
    : 'unallocated';
}

async function linesOf(
  database: PlumblineDatabase,
  range: CostRange,
): Promise<Line[]> {
  const rows = await database.query(
    `select c.resource_id, c.day, c.currency_id, c.charge_kind_id, cast(c.effective as text) as effective,
       r.account_id, case when r.native_id = '' then 0 else 1 end as named
     from resource_cost_daily c join resource r on r.id = c.resource_id
     where ${RANGE('resource_id')} order by c.resource_id`,
    range,
  );
  return rows.map(row => ({
    resource: Number(row.resource_id),
    account: Number(row.account_id),
    named: Number(row.named) === 1,
    day: Number(row.day),
    currency: Number(row.currency_id),
    chargeKind: Number(row.charge_kind_id),
    effective: BigInt(String(row.effective)),
  }));
}
