import { endDayOfMonth, firstDayOfMonth } from '../database';
import type { DayWindow, LivePartition } from './CostStore';

/** What of a live billing month says which days it covers. @internal */
export type CoveredMonth = Pick<
  LivePartition,
  'source' | 'sourceId' | 'month' | 'firstDay' | 'dataThrough'
>;

/** What one source holds. */
interface SourceExtent {
  id: string;
  dataThrough: number;
  /** Days without a gap, in order. */
  spans: DayWindow[];
}

/**
 * Which days the live data covers, by source.
 *
 * @internal
 */
export class DataExtent {
  readonly #bySource: ReadonlyMap<number, SourceExtent>;

  private constructor(bySource: ReadonlyMap<number, SourceExtent>) {
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
    return new DataExtent(
      new Map([...bySource].map(([key, months]) => [key, extentOf(months)])),
    );
  }

  get sources(): number[] {
    return [...this.#bySource.keys()];
  }

  /** Ids of sources as operators write them. */
  idsOf(sources: Iterable<number>): string[] {
    return [...sources]
      .flatMap(source => this.#bySource.get(source)?.id ?? [])
      .sort();
  }

  /** The last day for which all of the sources hold complete data. */
  dataThrough(sources: Iterable<number>): number | undefined {
    const last = [...sources].flatMap(
      source => this.#bySource.get(source)?.dataThrough ?? [],
    );
    return last.length ? Math.min(...last) : undefined;
  }

  /** Whether all of the sources hold every day of the window. */
  covers(sources: Iterable<number>, { from, to }: DayWindow): boolean {
    return [...sources].every(source =>
      this.#bySource
        .get(source)
        ?.spans.some(span => span.from <= from && to <= span.to),
    );
  }
}

function extentOf(months: readonly CoveredMonth[]): SourceExtent {
  const first = Math.min(...months.map(({ firstDay }) => firstDay));
  const dataThrough = Math.max(...months.map(month => month.dataThrough));
  const spans: DayWindow[] = [];
  for (const month of months.map(({ month: name }) => name).sort()) {
    const from = Math.max(firstDayOfMonth(month), first);
    const to = Math.min(endDayOfMonth(month), dataThrough + 1);
    const before = spans.at(-1);
    if (before?.to === from) {
      before.to = to;
    } else {
      spans.push({ from, to });
    }
  }
  return { id: months[0].sourceId, dataThrough, spans };
}
