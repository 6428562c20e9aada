import type {
  CoverageFigures,
  CoverageParts,
} from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal } from '../../database';
import type { CoverageRow } from './AccountCoverageStore';

type Summed = CoverageParts<bigint>;

/** Adds rows up. @internal */
export function sumsOf(rows: readonly CoverageRow[]): {
  amounts: Summed;
  resources: CoverageParts<number>;
} {
  const amounts: Summed = parts(0n);
  const resources = parts(0);
  for (const row of rows) {
    amounts[row.part] += row.effective;
    amounts.total += row.effective;
    resources[row.part] += row.resources;
    resources.total += row.resources;
  }
  return { amounts, resources };
}

/** What the API says of rows. @internal */
export function coverageFigures(
  rows: readonly CoverageRow[],
  options: { amountsVisible: boolean },
): CoverageFigures {
  const { amounts, resources } = sumsOf(rows);
  if (!options.amountsVisible) {
    return { resources };
  }
  const { total, proven, claimed, shared, unallocated } = amounts;
  return {
    resources,
    amounts: {
      total: nanosToDecimal(total),
      proven: nanosToDecimal(proven),
      claimed: nanosToDecimal(claimed),
      shared: nanosToDecimal(shared),
      unallocated: nanosToDecimal(unallocated),
    },
    ...(total > 0n && { allocatedShare: shareOf(proven + claimed, total) }),
  };
}

/** Rounded towards zero: what is not wholly covered is never shown as if it were. */
function shareOf(part: bigint, total: bigint): string {
  return nanosToDecimal(((part * 1_000_000n) / total) * 1_000n);
}

function parts<T>(value: T): CoverageParts<T> {
  return {
    total: value,
    proven: value,
    claimed: value,
    shared: value,
    unallocated: value,
  };
}
