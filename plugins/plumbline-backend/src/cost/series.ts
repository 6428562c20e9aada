import type {
  CostSeries,
  DecimalString,
} from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal } from '../database';

/** At most so many series; the rest becomes one. */
export const MAX_SERIES = 50;

/** Where the rest is kept. @internal */
export const OTHER = { key: 'other', label: 'Other' } as const;

/** What a series is called. @internal */
export type SeriesLabel = Pick<CostSeries, 'key' | 'label' | 'detail'>;

/**
 * Gathers amounts by series and period, in nanos.
 *
 * @internal
 */
export class SeriesTable<K> {
  readonly #periods: number;
  readonly #amounts = new Map<K, bigint[]>();

  private constructor(periods: number) {
    this.#periods = periods;
  }

  static create<K>(periods: number): SeriesTable<K> {
    return new SeriesTable<K>(periods);
  }

  get keys(): K[] {
    return [...this.#amounts.keys()];
  }

  add(key: K, period: number, nanos: bigint): void {
    let amounts = this.#amounts.get(key);
    if (!amounts) {
      amounts = new Array<bigint>(this.#periods).fill(0n);
      this.#amounts.set(key, amounts);
    }
    amounts[period] += nanos;
  }

  /** What all series add up to, by period. */
  sums(): bigint[] {
    const sums = new Array<bigint>(this.#periods).fill(0n);
    for (const amounts of this.#amounts.values()) {
      amounts.forEach((nanos, period) => {
        sums[period] += nanos;
      });
    }
    return sums;
  }

  /**
   * The series, the largest first. Of more than {@link MAX_SERIES}, those that matter least (by absolute total)
   * are folded into one called `other`, so that nothing is lost from the sum.
   */
  toSeries(labelOf: (key: K) => SeriesLabel): CostSeries[] {
    const all = [...this.#amounts]
      .map(([key, amounts]) => ({ key, amounts, total: totalOf(amounts) }))
      .sort((a, b) => compare(absolute(b.total), absolute(a.total)));
    const kept = all.slice(0, MAX_SERIES);
    const rest = all.slice(MAX_SERIES);
    const series = kept
      .sort((a, b) => compare(b.total, a.total))
      .map(({ key, amounts, total }) => ({
        ...labelOf(key),
        total: nanosToDecimal(total),
        amounts: amounts.map(nanosToDecimal),
      }));
    if (rest.length === 0) {
      return series;
    }
    const folded = SeriesTable.create<typeof OTHER>(this.#periods);
    for (const { amounts } of rest) {
      amounts.forEach((nanos, period) => folded.add(OTHER, period, nanos));
    }
    return [...series, ...folded.toSeries(() => OTHER)];
  }
}

/** Order of two exact amounts. @internal */
export function compare(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Sum of amounts in nanos. @internal */
export function totalOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, nanos) => sum + nanos, 0n);
}

/** Totals by key as decimals, the largest first. @internal */
export function rankedTotals<K>(
  totals: ReadonlyMap<K, bigint>,
): { key: K; total: DecimalString }[] {
  return [...totals]
    .sort(([, a], [, b]) => compare(b, a))
    .map(([key, total]) => ({ key, total: nanosToDecimal(total) }));
}

/** Adds to the amount under a key. @internal */
export function addTo<K>(totals: Map<K, bigint>, key: K, nanos: bigint): void {
  totals.set(key, (totals.get(key) ?? 0n) + nanos);
}

function absolute(nanos: bigint): bigint {
  return nanos < 0n ? -nanos : nanos;
}
