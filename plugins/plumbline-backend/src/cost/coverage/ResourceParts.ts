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

/** A row of cost with whose it is. @internal */
export interface Line {
  resource: number;
  account: number;
  named: boolean;
  day: number;
  currency: number;
  chargeKind: number;
  effective: bigint;
}

/** The sum that a part of an account adds up in. @internal */
export function sumOf(
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

/** Which parts the lines of one resource fell into, by currency: rows come in the order of resources. @internal */
export class ResourceParts {
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
