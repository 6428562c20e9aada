import { createHash } from 'node:crypto';
import type { CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CollectContext,
  UsageBatch,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { AwsReadError } from '../aws';
import {
  dateOfDay,
  dayOfInstant,
  firstDayOf,
  lastDayOf,
  monthsBetween,
} from '../calendar';
import { CloudWatchApi } from './api/CloudWatchApi';
import type { CloudWatchSettings, MetricSeries } from './config';
import { dailyUsage, type DaySpan, type UsageReading } from './read/dailyUsage';
import { nameOf } from './read/nameOf';
import { questionOf } from './read/questionOf';

const DAY_MS = 86_400_000;
/** CloudWatch keeps hours, of which days are made, for so long. */
const KEPT_DAYS = 455;
/** So long after its end, a day's last values have come. */
const LAG_MS = 3 * 3_600_000;
const MOST_ROWS = 5_000;
/** More problems of one month tell no more. */
const MOST_PROBLEMS = 20;
const EMPTY = 'empty';

/** @internal */
export interface CloudWatchSourceOptions {
  settings: CloudWatchSettings;
  credentials: AwsCredentialsManager;
  now?: () => Date;
  /** Settings of the client beside its own. */
  client?: Partial<CloudWatchClientConfig>;
}

/**
 * CloudWatch of one account and region as a source of business metrics: a partition is a month. What CloudWatch has
 * forgotten stays as it was read.
 *
 * @internal
 */
export class CloudWatchSource implements UsageSource {
  static create(options: CloudWatchSourceOptions): CloudWatchSource {
    return new CloudWatchSource(options);
  }

  readonly id: string;
  readonly title: string;
  readonly schedule: UsageSource['schedule'];
  readonly paidCallsPerDay: number;
  readonly restatedMonths: number;
  private readonly now: () => Date;

  private constructor(private readonly options: CloudWatchSourceOptions) {
    const { settings } = options;
    this.id = `cloudwatch:${settings.name}`;
    this.title = settings.title;
    this.schedule = settings.schedule;
    this.paidCallsPerDay = settings.paidCallsPerDay;
    this.restatedMonths = settings.restatedMonths;
    this.now = options.now ?? (() => new Date());
  }

  async *collect(context: CollectContext): AsyncGenerator<UsageBatch> {
    const { window, cursor, published, budget, signal } = context;
    signal.throwIfAborted();
    const { settings, credentials, client } = this.options;
    const api = await CloudWatchApi.open({
      place: settings,
      what: settings.title,
      credentials,
      budget,
      signal,
      client,
    });
    try {
      for (const month of monthsBetween(window.from, window.to)) {
        signal.throwIfAborted();
        const days = this.daysOf(month);
        if ((cursor !== undefined && month <= cursor) || days.to <= days.from) {
          continue;
        }
        if (published.has(month) && days.from > firstDayOf(month)) {
          // CloudWatch has less of it now than when it was read.
          yield { type: 'unchanged', partition: month, cursor: month };
        } else {
          yield* this.month(month, days, api, context);
        }
      }
    } finally {
      api.close();
    }
  }

  /** The days of a month that are over, and that CloudWatch still has. */
  private daysOf(month: string): DaySpan {
    const now = this.now();
    return {
      from: Math.max(firstDayOf(month), dayOfInstant(now) - KEPT_DAYS + 1),
      to: Math.min(
        lastDayOf(month) + 1,
        dayOfInstant(new Date(now.getTime() - LAG_MS)),
      ),
    };
  }

  private async *month(
    month: string,
    days: DaySpan,
    api: CloudWatchApi,
    { window, published }: CollectContext,
  ): AsyncGenerator<UsageBatch> {
    let reading: UsageReading;
    try {
      reading = await this.read(days, api);
    } catch (error) {
      if (!(error instanceof AwsReadError)) {
        throw error;
      }
      yield failed(month, error.reason);
      return;
    }
    const { rows, remarks, silent } = reading;
    const before = published.get(month);
    if (rows.length === 0 && before !== undefined && before !== EMPTY) {
      yield failed(
        month,
        `CloudWatch has no values any more for ${month}, for which it had some; those from before stay. Check 'accountId', 'region' and 'metrics' of ${this.title}`,
      );
      return;
    }
    const fingerprint = rows.length === 0 ? EMPTY : fingerprintOf(rows, days);
    if (before === fingerprint) {
      yield { type: 'unchanged', partition: month, cursor: month };
      return;
    }
    yield { type: 'partition', partition: month };
    for (let start = 0; start < rows.length; start += MOST_ROWS) {
      yield { type: 'rows', rows: rows.slice(start, start + MOST_ROWS) };
    }
    yield {
      type: 'complete',
      partition: month,
      fingerprint,
      rowsRead: rows.length,
      dataThrough: rows.length > 0 ? days.to - 1 : undefined,
      problems: [
        // Once, not for each month since the beginning.
        ...(month === window.to ? silent.map(silence) : []),
        ...remarks.map(warning),
      ].slice(0, MOST_PROBLEMS),
      cursor: month,
    };
  }

  private async read(days: DaySpan, api: CloudWatchApi): Promise<UsageReading> {
    const { series } = this.options.settings;
    const { answers, remarks } = await api.metricData(series.map(questionOf), {
      from: new Date(days.from * DAY_MS),
      to: new Date(days.to * DAY_MS),
    });
    const reading = dailyUsage(
      answers.map((answer, i) => ({ series: series[i], answer })),
      days,
    );
    return { ...reading, remarks: [...remarks, ...reading.remarks] };
  }
}

function failed(month: string, message: string): UsageBatch {
  return {
    type: 'failed',
    partition: month,
    problems: [{ severity: 'error', partition: month, message }],
    cursor: month,
  };
}

function warning(message: string): SourceProblem {
  return { severity: 'warning', message };
}

function silence(series: MetricSeries): SourceProblem {
  return warning(
    `CloudWatch has no value of ${nameOf(
      series,
    )} this month: check namespace, name, dimensions and region, whose case counts. Its days are unknown, not zero`,
  );
}

/** Changes whenever the values do, or the days they are known for. */
function fingerprintOf(rows: UsageReading['rows'], { to }: DaySpan): string {
  const hash = createHash('sha256').update(JSON.stringify(rows));
  return `${dateOfDay(to)} ${hash.digest('hex')}`;
}
