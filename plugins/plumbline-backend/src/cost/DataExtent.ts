import { endDayOfMonth, firstDayOfMonth } from '../database';
import { monthsApart } from './CostStore';
import type { DayWindow, LivePartition } from './CostStore';

/** What of a live billing month says which days it covers. @internal */
export type CoveredMonth = Pick<
  LivePartition,
  'source' | 'sourceId' | 'month' | 'firstDay' | 'dataThrough' | 'daily'
>;

/** By what days are looked up: one by one, or by whole months where there are such. @internal */
export type Detail = 'day' | 'month';

/** What one source holds. */
interface SourceExtent {
  id: string;
  /** Absent where no month has a complete day. */
  dataThrough?: number;
  /** Days without a gap, in order: those kept one by one, and those kept at least by month. */
  spans: Record<Detail, DayWindow[]>;
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
  covers(
    sources: Iterable<number>,
    window: DayWindow,
    detail: Detail = 'month',
  ): boolean {
    return this.missing(sources, window, detail).length === 0;
  }

  /** The days of the window that at least one of the sources does not hold, in order. */
  missing(
    sources: Iterable<number>,
    window: DayWindow,
    detail: Detail = 'month',
  ): DayWindow[] {
    const pieces =
      detail === 'day' || window.from >= window.to
        ? [{ ...window, whole: false }]
        : monthsApart(window);
    const gaps = [...sources].flatMap(source =>
      pieces.flatMap(({ whole, ...piece }) =>
        gapsOf(
          this.#bySource.get(source)?.spans[whole ? 'month' : 'day'] ?? [],
          piece,
        ),
      ),
    );
    return joined(gaps);
  }
}

function extentOf(all: readonly CoveredMonth[]): SourceExtent {
  const id = all[0].sourceId;
  const months = all
    .flatMap(({ dataThrough, ...month }) =>
      dataThrough === undefined ? [] : [{ ...month, dataThrough }],
    )
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  if (months.length === 0) {
    return { id, spans: { day: [], month: [] } };
  }
  const dataThrough = Math.max(...months.map(month => month.dataThrough));
  const spans = months.map(({ month, firstDay, daily }, index) => ({
    from: Math.max(firstDayOfMonth(month), index === 0 ? firstDay : -Infinity),
    to: Math.min(endDayOfMonth(month), dataThrough + 1),
    daily,
  }));
  return {
    id,
    dataThrough,
    spans: {
      day: joined(spans.filter(({ daily }) => daily)),
      month: joined(spans),
    },
  };
}

function gapsOf(
  spans: readonly DayWindow[],
  { from, to }: DayWindow,
): DayWindow[] {
  const gaps: DayWindow[] = [];
  let day = from;
  for (const span of spans) {
    if (span.to > day && day < to) {
      if (span.from > day) {
        gaps.push({ from: day, to: Math.min(span.from, to) });
      }
      day = span.to;
    }
  }
  return day < to ? [...gaps, { from: day, to }] : gaps;
}

/** Windows in order, those that touch or overlap as one. */
function joined(windows: readonly DayWindow[]): DayWindow[] {
  const result: DayWindow[] = [];
  const ordered = [...windows].sort((a, b) => a.from - b.from);
  for (const { from, to } of ordered) {
    const before = result.at(-1);
    if (before && before.to >= from) {
      before.to = Math.max(before.to, to);
    } else {
      result.push({ from, to });
    }
  }
  return result;
}
