import { addMonths, monthOfDay } from '../database';
import type { DayWindow, LivePartition } from './CostStore';

/** What of a live billing month says which days it covers. @internal */
export type CoveredMonth = Pick<
  LivePartition,
  'source' | 'sourceId' | 'month' | 'firstDay' | 'dataThrough'
>;

/**
 * Which days the live data covers, by source.
 *
 * @internal
 */
export class DataExtent {
  readonly #bySource: ReadonlyMap<number, CoveredMonth[]>;

  private constructor(bySource: ReadonlyMap<number, CoveredMonth[]>) {
    this.#bySource = bySource;
  }

  static of(partitions: readonly CoveredMonth[]): DataExtent {
    const bySource = new Map<number, CoveredMonth[]>();
    for (const partition of partitions) {
      const known = bySource.get(partition.source);
      if (known) {
        known.push(partition);
      } else {
        bySource.set(partition.source, [partition]);
      }
    }
    return new DataExtent(bySource);
  }

  get sources(): number[] {
    return [...this.#bySource.keys()];
  }

  /** Ids of sources as operators write them. */
  idsOf(sources: Iterable<number>): string[] {
    return [...sources]
      .flatMap(source => this.#bySource.get(source)?.[0].sourceId ?? [])
      .sort();
  }

  /** The last day for which all of the sources hold complete data. */
  dataThrough(sources: Iterable<number>): number | undefined {
    const last = [...sources].flatMap(source => {
      const partitions = this.#bySource.get(source);
      return partitions
        ? [Math.max(...partitions.map(({ dataThrough }) => dataThrough))]
        : [];
    });
    return last.length ? Math.min(...last) : undefined;
  }

  /** Whether all of the sources hold every day of the window. */
  covers(sources: Iterable<number>, { from, to }: DayWindow): boolean {
    return [...sources].every(source => {
      const partitions = this.#bySource.get(source) ?? [];
      const months = new Set(partitions.map(({ month }) => month));
      const first = Math.min(...partitions.map(({ firstDay }) => firstDay));
      const last = Math.max(
        ...partitions.map(({ dataThrough }) => dataThrough),
      );
      if (from < first || to - 1 > last) {
        return false;
      }
      for (
        let month = monthOfDay(from);
        month <= monthOfDay(to - 1);
        month = addMonths(month, 1)
      ) {
        if (!months.has(month)) {
          return false;
        }
      }
      return true;
    });
  }
}
