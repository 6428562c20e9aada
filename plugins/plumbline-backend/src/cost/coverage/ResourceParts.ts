/** What became of a charge. The first of them is what a resource with several counts as. @internal */
export const PARTS = ['proven', 'claimed', 'unallocated', 'shared'] as const;

/** @internal */
export type CoveragePart = (typeof PARTS)[number];

/** Charges of one account in one currency that had the same fate. @internal */
export interface CoverageSum {
  account: number;
  currency: number;
  part: CoveragePart;
  effective: bigint;
  resources: number;
  /** The newest day with a charge. */
  lastDay: number;
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
  line: Pick<Line, 'account' | 'currency' | 'day'>,
  part: CoveragePart,
): CoverageSum {
  const { account, currency, day } = line;
  const key = `${account} ${currency} ${part}`;
  const known = sums.get(key);
  if (known) {
    known.lastDay = Math.max(known.lastDay, day);
    return known;
  }
  const sum = {
    account,
    currency,
    part,
    effective: 0n,
    resources: 0,
    lastDay: day,
  };
  sums.set(key, sum);
  return sum;
}

/** Which parts the lines of one resource fell into, by currency: rows come in the order of resources. @internal */
export class ResourceParts {
  readonly resource: number | undefined;
  readonly #account: number;
  readonly #day: number;
  readonly #named: boolean;
  readonly #best = new Map<number, number>();

  constructor(line?: Line) {
    this.resource = line?.resource;
    this.#account = line?.account ?? 0;
    this.#day = line?.day ?? 0;
    this.#named = line?.named ?? false;
  }

  note({ currency }: Line, part: CoveragePart): void {
    const rank = PARTS.indexOf(part);
    this.#best.set(currency, Math.min(this.#best.get(currency) ?? rank, rank));
  }

  countIn(sums: Map<string, CoverageSum>): void {
    if (this.#named) {
      for (const [currency, rank] of this.#best) {
        const key = { account: this.#account, currency, day: this.#day };
        sumOf(sums, key, PARTS[rank]).resources += 1;
      }
    }
  }
}
