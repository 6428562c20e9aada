import { isError } from '@backstage/errors';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CollectContext,
  DailyUsage,
  UsageBatch,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { PrometheusConfig } from '../config';
import {
  dayOf,
  dayText,
  daysOfMonth,
  fingerprintOf,
  monthsAfter,
  rowBatches,
} from '../months';
import type { PrometheusClient } from './PrometheusClient';
import { dailyValues } from './dailyValues';

const DAY_SECONDS = 86_400;

/** More problems of one month tell no more. */
const MOST_PROBLEMS = 20;

interface Month {
  rows: DailyUsage[];
  problems: SourceProblem[];
}

/**
 * Daily values of a Prometheus server: the query at each midnight (UTC) is the total of the day before it. What the
 * server has forgotten stays as it was read.
 *
 * @internal
 */
export class PrometheusSource implements UsageSource {
  static create(options: {
    config: PrometheusConfig;
    client: Pick<PrometheusClient, 'queryRange'>;
    now?: () => Date;
  }): PrometheusSource {
    return new PrometheusSource(
      options.config,
      options.client,
      options.now ?? (() => new Date()),
    );
  }

  readonly paidCallsPerDay = 0;

  private constructor(
    private readonly config: PrometheusConfig,
    private readonly client: Pick<PrometheusClient, 'queryRange'>,
    private readonly now: () => Date,
  ) {}

  get id() {
    return `prometheus:${this.config.name}`;
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
    const today = dayOf(this.now().getTime());
    for (const month of monthsAfter(window, cursor)) {
      signal.throwIfAborted();
      const days = daysOfMonth(month);
      const to = Math.min(days.to, today);
      if (to > days.from) {
        const read = await this.read({ from: days.from, to }, signal);
        yield* publish(month, to, read, published.get(month));
      }
    }
  }

  /** @throws when the server lets nobody in; a query that it does not take is a problem of the month. */
  private async read(
    days: { from: number; to: number },
    signal: AbortSignal,
  ): Promise<Month> {
    const month: Month = { rows: [], problems: [] };
    for (const query of this.config.queries) {
      try {
        const series = await this.client.queryRange(
          {
            query: query.query,
            start: (days.from + 1) * DAY_SECONDS,
            end: days.to * DAY_SECONDS,
            step: DAY_SECONDS,
          },
          signal,
        );
        for (const line of series) {
          const { rows, remarks } = dailyValues(query, line, days);
          month.rows.push(...rows);
          month.problems.push(
            ...remarks.map(message => ({
              severity: 'warning' as const,
              message,
            })),
          );
        }
      } catch (error) {
        if (!isError(error) || error.name !== 'InputError') {
          throw error;
        }
        month.problems.push({
          severity: 'error',
          message: `The query of '${query.metric}' failed: ${error.message}`,
          partition: dayText(days.from).slice(0, 7),
        });
      }
    }
    month.rows.sort(inOrder);
    return month;
  }
}

function* publish(
  month: string,
  to: number,
  { rows, problems }: Month,
  published: string | undefined,
): Generator<UsageBatch> {
  const cursor = month;
  const failures = problems.filter(({ severity }) => severity === 'error');
  if (failures.length > 0) {
    yield { type: 'failed', partition: month, problems: failures, cursor };
    return;
  }
  const first = rows.reduce((day, row) => Math.min(day, row.day), to);
  const fingerprint = `${first} ${to} ${fingerprintOf(rows)}`;
  const [firstBefore, toBefore] = (published ?? `${first}`)
    .split(' ')
    .map(Number);
  const forgotten = firstBefore < first;
  if (published === fingerprint || (forgotten && toBefore === to)) {
    yield { type: 'unchanged', partition: month, cursor };
  } else if (forgotten) {
    yield {
      type: 'failed',
      partition: month,
      problems: [
        {
          severity: 'error',
          partition: month,
          message: `The server has forgotten the days before ${dayText(
            first,
          )}, which were read already; what was read stays. Let it keep 40 days or more, so that a month can be read as a whole`,
        },
      ],
      cursor,
    };
  } else {
    yield { type: 'partition', partition: month };
    yield* rowBatches(rows);
    yield {
      type: 'complete',
      partition: month,
      fingerprint,
      rowsRead: rows.length,
      dataThrough: to - 1,
      problems: problems.slice(0, MOST_PROBLEMS),
      cursor,
    };
  }
}

function inOrder(a: DailyUsage, b: DailyUsage): number {
  return (
    a.day - b.day ||
    a.metric.localeCompare(b.metric) ||
    a.entityRef.localeCompare(b.entityRef)
  );
}
