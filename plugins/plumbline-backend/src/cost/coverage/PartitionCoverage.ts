import { SHARED_ENTITY_ID, type PlumblineDatabase } from '../../database';
import { Allocations } from '../materialise/Allocations';
import { costRanges, RANGE, type CostRange } from '../materialise/costRanges';
import { Proofs } from './Proofs';

const TABLE = { name: 'resource_cost_daily', key: 'resource_id' } as const;

/** What became of a charge. The first of them is what a resource with several counts as. @internal */
export const PARTS = ['proven', 'claimed', 'unallocated', 'shared'] as const;

/** @internal */
export type CoveragePart = typeof PARTS[number];

/** Charges of one account in one currency that had the same fate. @internal */
export interface CoverageSum {
  account: number;
  currency: number;
  part: CoveragePart;
  effective: bigint;
  resources: number;
}

interface Line {
  resource: number;
  account: number;
  named: boolean;
  day: number;
  currency: number;
  chargeKind: number;
  effective: bigint;
}

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

function sumOf(
  sums: Map<string, CoverageSum>,
  { account, currency }: Pick<CoverageSum, 'account' | 'currency'>,
  part: CoveragePart,
): CoverageSum {
  const key = `${account} ${currency} ${part}`;
  const known = sums.get(key);
  if (known) {
    return known;
  }
  const sum = { account, currency, part, effective: 0n, resources: 0 };
  sums.set(key, sum);
  return sum;
}

/** Which parts the lines of one resource fell into, by currency: rows come in the order of resources. */
class ResourceParts {
  readonly resource: number | undefined;
  readonly #account: number;
  readonly #named: boolean;
  readonly #best = new Map<number, number>();

  constructor(line?: Line) {
    this.resource = line?.resource;
    this.#account = line?.account ?? 0;
    this.#named = line?.named ?? false;
  }

  note({ currency }: Line, part: CoveragePart): void {
    const rank = PARTS.indexOf(part);
    this.#best.set(currency, Math.min(this.#best.get(currency) ?? rank, rank));
  }

  countIn(sums: Map<string, CoverageSum>): void {
    if (this.#named) {
      for (const [currency, rank] of this.#best) {
        const key = { account: this.#account, currency };
        sumOf(sums, key, PARTS[rank]).resources += 1;
      }
    }
  }
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
