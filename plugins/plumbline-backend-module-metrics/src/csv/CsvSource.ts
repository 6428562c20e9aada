import type { UrlReaderService } from '@backstage/backend-plugin-api';
import {
  nameOfPlace,
  readPlace,
  type CollectContext,
  type UsageBatch,
  type UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { CsvConfig } from '../config';
import {
  dayOf,
  daysOfMonth,
  fingerprintOf,
  monthsAfter,
  rowBatches,
} from '../months';
import { parseMetrics, type MetricsMonth } from './parseMetrics';

const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A CSV file of daily values. It is read as a whole each time; a month with a wrong row keeps what it had.
 *
 * @internal
 */
export class CsvSource implements UsageSource {
  static create(options: {
    config: CsvConfig;
    urlReader: UrlReaderService;
    now?: () => Date;
  }): CsvSource {
    return new CsvSource(
      options.config,
      options.urlReader,
      options.now ?? (() => new Date()),
    );
  }

  readonly paidCallsPerDay = 0;

  private constructor(
    private readonly config: CsvConfig,
    private readonly urlReader: UrlReaderService,
    private readonly now: () => Date,
  ) {}

  get id() {
    return `csv:${this.config.name}`;
  }

  get title() {
    return this.config.title;
  }

  get schedule() {
    return this.config.schedule;
  }

  get restatedMonths() {
    return this.config.restatedMonths;
  }

  async *collect(context: CollectContext): AsyncGenerator<UsageBatch> {
    const { window, cursor, published, signal } = context;
    signal.throwIfAborted();
    const { place } = this.config;
    const text = await readPlace(place, {
      urlReader: this.urlReader,
      maxBytes: MAX_BYTES,
      advice:
        'leave out what is older than two years, or make several files of it',
      signal,
    });
    const months = parseMetrics(text, nameOfPlace(place));
    let last = -Infinity;
    for (const { rows } of months.values()) {
      for (const { day } of rows) {
        last = Math.max(last, day);
      }
    }
    for (const month of monthsAfter(window, cursor)) {
      signal.throwIfAborted();
      const said = months.get(month);
      // A month that the file had and has no more is empty now.
      if (said || published.has(month)) {
        const { rows, problems } = said ?? { rows: [], problems: [] };
        yield* this.publish(month, { rows, problems }, last, published);
      }
    }
  }

  private *publish(
    month: string,
    { rows, problems }: MetricsMonth,
    last: number,
    published: ReadonlyMap<string, string>,
  ): Generator<UsageBatch> {
    const cursor = month;
    if (problems.length > 0) {
      yield { type: 'failed', partition: month, problems, cursor };
      return;
    }
    const days = daysOfMonth(month);
    // A day that is not over yet is not complete.
    const yesterday = dayOf(this.now().getTime()) - 1;
    const through = Math.min(days.to - 1, last, yesterday);
    const fingerprint = `${through} ${fingerprintOf(rows)}`;
    if (published.get(month) === fingerprint) {
      yield { type: 'unchanged', partition: month, cursor };
      return;
    }
    yield { type: 'partition', partition: month };
    yield* rowBatches(rows);
    yield {
      type: 'complete',
      partition: month,
      fingerprint,
      rowsRead: rows.length,
      ...(through >= days.from && { dataThrough: through }),
      problems: [],
      cursor,
    };
  }
}
