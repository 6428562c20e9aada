import type { CostExplorerClientConfig } from '@aws-sdk/client-cost-explorer';
import { mockServices } from '@backstage/backend-test-utils';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  BudgetExhaustedError,
  type BilledResource,
  type CollectContext,
  type CostBatch,
  type CostSource,
  type DailyCost,
  type PaidCallBudget,
} from '@plumbline/backstage-plugin-plumbline-node';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { CostExplorerSettings } from '../config';
import { CostExplorerSource } from '../CostExplorerSource';
import type { BillCharge, CostExplorerEndpoint } from '../../testUtils';

/** The present, as all these tests see it. */
export const NOW = new Date('2026-11-26T08:00:00Z');

export const SHOP = '111111111111';
export const DATA = '222222222222';

/** An ordinary charge: a dollar a day in November. */
export const charge: BillCharge = {
  account: SHOP,
  from: '2026-11-01',
  to: '2026-11-25',
  service: 'AWS Lambda',
  tags: { service: 'checkout' },
  amortized: '1',
};

/** Credentials as Backstage would give them. */
export function credentials(
  accessKeyId = 'AKIDEXAMPLE',
): AwsCredentialsManager {
  return {
    getCredentialProvider: async () => ({
      sdkCredentialProvider: async () => ({
        accessKeyId,
        secretAccessKey: 'secret',
      }),
    }),
  };
}

/** The client's own retries, without their waiting. */
export const hasty: Partial<CostExplorerClientConfig> = {
  retryStrategy: new ConfiguredRetryStrategy(4, 1),
};

/** A source over an endpoint. */
export function sourceOf(
  endpoint: Pick<CostExplorerEndpoint, 'url'>,
  settings: Partial<CostExplorerSettings> = {},
  manager = credentials(),
): CostExplorerSource {
  return CostExplorerSource.create({
    settings: {
      name: 'test',
      title: 'Test accounts',
      region: 'us-east-1',
      endpoint: endpoint.url,
      detailBy: { type: 'tag', key: 'service' },
      maxDetailAccounts: 10,
      paidCallsPerDay: 30,
      schedule: { frequency: { hours: 24 }, timeout: { hours: 1 } },
      restatedMonths: 1,
      ...settings,
    },
    credentials: manager,
    now: () => NOW,
    client: hasty,
  });
}

/** Calls of a day, as the runner counts them. */
export function budgetOf(calls: number): PaidCallBudget & { spent: number } {
  return {
    spent: 0,
    get remaining() {
      return calls - this.spent;
    },
    async spend(more) {
      if (this.spent + more > calls) {
        throw new BudgetExhaustedError(`There are ${calls} calls a day`);
      }
      this.spent += more;
    },
  };
}

/** What a run is given unless a test says otherwise. */
export function contextOf(
  context: Partial<CollectContext> = {},
): CollectContext {
  return {
    window: { from: '2024-11', to: '2026-11' },
    published: new Map(),
    budget: budgetOf(30),
    signal: new AbortController().signal,
    logger: mockServices.logger.mock(),
    ...context,
  };
}

type Ending = Extract<CostBatch, { cursor: string }>;

/** A partition as a person would look at it. */
export interface Partition {
  ending: Ending;
  resources: BilledResource[];
  rows: Array<
    Omit<
      DailyCost,
      'resource' | 'service' | 'effectiveNanos' | 'billedNanos'
    > & {
      resource: BilledResource;
      service: string;
      date: string;
      effective: number;
      billed: number;
      effectiveNanos: bigint;
      billedNanos: bigint;
    }
  >;
}

/** Everything a source says, by month. */
export async function collect(
  source: CostSource,
  context: Partial<CollectContext> = {},
): Promise<Record<string, Partition>> {
  const partitions: Record<string, Partition> = {};
  await collectInto(partitions, source, context);
  return partitions;
}

/** The same, and what was said before an error stays. */
export async function collectInto(
  partitions: Record<string, Partition>,
  source: CostSource,
  context: Partial<CollectContext> = {},
): Promise<void> {
  let services: string[] = [];
  let current: Omit<Partition, 'ending'> = { resources: [], rows: [] };
  for await (const batch of source.collect(contextOf(context))) {
    switch (batch.type) {
      case 'partition':
        services = [];
        current = { resources: [], rows: [] };
        break;
      case 'resources':
        current.resources.push(...batch.resources);
        break;
      case 'services':
        services.push(...batch.services.map(({ name }) => name));
        break;
      case 'rows':
        for (const row of batch.rows) {
          current.rows.push({
            ...row,
            resource: current.resources[row.resource],
            service: services[row.service],
            date: new Date(row.day * 86_400_000).toISOString().slice(0, 10),
            effective: Number(row.effectiveNanos) / 1e9,
            billed: Number(row.billedNanos) / 1e9,
          });
        }
        break;
      default:
        partitions[batch.partition] = { ...current, ending: batch };
        current = { resources: [], rows: [] };
    }
  }
}

/** A resource's rows added up: what it costs in a month, by service and kind. */
export function sumsOf({ rows }: Partition): Record<string, [number, number]> {
  const sums: Record<string, [number, number]> = {};
  for (const row of rows) {
    const key = [
      row.resource.accountId,
      row.resource.name ?? 'rest',
      row.service,
      row.category,
      ...(row.commitment ? [row.commitment] : []),
    ].join(' · ');
    const [effective, billed] = sums[key] ?? [0, 0];
    sums[key] = [round(effective + row.effective), round(billed + row.billed)];
  }
  return sums;
}

function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
