import type { CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type {
  CollectContext,
  UsageBatch,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import {
  budgetOf,
  credentials,
} from '../../costExplorer/__testUtils__/fixtures';
import type { CloudWatchEndpoint, RecordedMetric } from '../../testUtils';
import { CloudWatchSource } from '../CloudWatchSource';
import { readCloudWatchConfig } from '../config';

/** The present, as all these tests see it. */
export const NOW = new Date('2026-11-26T08:00:00Z');

const DAY_MS = 86_400_000;

/** A day's value for each day of a span: 10 and the day of the month, unless it is told. */
export function valuesOf(
  from: string,
  to: string,
  valueOf: (date: string) => number = date => 10 + Number(date.slice(8)),
): Record<string, number> {
  const values: Record<string, number> = {};
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY_MS) {
    const date = new Date(time).toISOString().slice(0, 10);
    values[date] = valueOf(date);
  }
  return values;
}

/** Requests of an API, as the endpoint knows them. */
export function requestsOf(
  api: string,
  values = valuesOf('2026-09-01', '2026-11-26'),
): RecordedMetric {
  return {
    namespace: 'AWS/ApiGateway',
    metricName: 'Count',
    dimensions: { ApiName: api },
    values,
  };
}

/** The same, as the configuration asks for them. */
export function metricOf(api: string, more: object = {}): object {
  return {
    metric: 'requests',
    entity: `component:default/${api}`,
    namespace: 'AWS/ApiGateway',
    metricName: 'Count',
    dimensions: { ApiName: api },
    ...more,
  };
}

/** The client's own retries, without their waiting. */
const hasty: Partial<CloudWatchClientConfig> = {
  retryStrategy: new ConfiguredRetryStrategy(4, 1),
};

/** A source over an endpoint. */
export function sourceOf(
  endpoint: Pick<CloudWatchEndpoint, 'url'>,
  entry: object = {},
  options: { now?: Date; manager?: ReturnType<typeof credentials> } = {},
): CloudWatchSource {
  const [settings] = readCloudWatchConfig(
    new ConfigReader({
      plumbline: {
        cloudWatch: [
          {
            name: 'shop',
            region: 'eu-central-1',
            endpoint: endpoint.url,
            metrics: [metricOf('shop')],
            ...entry,
          },
        ],
      },
    }),
  );
  return CloudWatchSource.create({
    settings,
    credentials: options.manager ?? credentials(),
    now: () => options.now ?? NOW,
    client: hasty,
  });
}

/** A partition as a person would look at it. */
export interface Month {
  ending: Extract<UsageBatch, { cursor: string }>;
  /** Values by entity and date. */
  values: Record<string, Record<string, string>>;
}

/** Everything a source says, by month. */
export async function collect(
  source: UsageSource,
  context: Partial<CollectContext> = {},
): Promise<Record<string, Month>> {
  const months: Record<string, Month> = {};
  let values: Month['values'] = {};
  for await (const batch of source.collect({
    window: { from: '2026-10', to: '2026-11' },
    published: new Map(),
    budget: budgetOf(30),
    signal: new AbortController().signal,
    logger: mockServices.logger.mock(),
    ...context,
  })) {
    if (batch.type === 'rows') {
      for (const { entityRef, day, value } of batch.rows) {
        const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
        values[entityRef] = { ...values[entityRef], [date]: value };
      }
    } else if (batch.type !== 'partition') {
      months[batch.partition] = { ending: batch, values };
      values = {};
    }
  }
  return months;
}

/** Fingerprints of what was taken, as the next run is given them. */
export function publishedOf(
  months: Record<string, Month>,
): Map<string, string> {
  return new Map(
    Object.entries(months).flatMap(([month, { ending }]) =>
      ending.type === 'complete'
        ? [[month, ending.fingerprint] as [string, string]]
        : [],
    ),
  );
}
