import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostCategoriesCommand,
  GetTagsCommand,
  type CostExplorerClientConfig,
  type DateInterval,
  type Expression,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import type { PaidCallBudget } from '@plumbline/backstage-plugin-plumbline-node';
import { dateOfDay } from '../calendar';
import type { CostExplorerSettings } from '../config';
import { CostExplorerReadError } from '../errors';
import { explain } from './explain';
import { linesOf, type CostLine } from './linesOf';

/** Calls for one page at most: throttling, a cut connection and errors of the service are tried again. */
const MAX_ATTEMPTS = 4;
const IDLE_MS = 30_000;

/** A question about costs by day. @internal */
export interface CostQuery {
  /** In words, for messages. */
  what: string;
  /** Days since 1970-01-01, both inclusive. */
  days: Days;
  groupBy: [GroupDefinition, GroupDefinition];
  filter?: Expression;
}

/** @internal */
export interface Days {
  first: number;
  last: number;
}

/** What a question about costs was answered. @internal */
export interface CostAnswer {
  lines: CostLine[];
  /** Names of the accounts, by id, where they were asked for by account. */
  accountNames: Map<string, string>;
}

/**
 * Cost Explorer, for one run. Each call, a repeated one too, is booked before it is made.
 *
 * @internal
 */
export class CostExplorerApi {
  static async open(options: {
    settings: CostExplorerSettings;
    credentials: AwsCredentialsManager;
    budget: PaidCallBudget;
    signal: AbortSignal;
    client?: Partial<CostExplorerClientConfig>;
  }): Promise<CostExplorerApi> {
    const { accountId, endpoint, region, title } = options.settings;
    const provider = await options.credentials
      .getCredentialProvider({ accountId })
      .catch(error => {
        throw explain(error, 'GetCostAndUsage', title);
      });
    const client = new CostExplorerClient({
      credentials: provider.sdkCredentialProvider,
      region,
      endpoint,
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: {
        connectionTimeout: 10_000,
        requestTimeout: IDLE_MS,
        throwOnRequestTimeout: true,
        socketTimeout: IDLE_MS,
      },
      ...options.client,
    });
    client.middlewareStack.addRelativeTo(
      <Request, Answer>(next: (request: Request) => Promise<Answer>) =>
        async (request: Request) => {
          await options.budget.spend(1);
          return next(request);
        },
      { relation: 'after', toMiddleware: 'retryMiddleware', name: 'bookCall' },
    );
    return new CostExplorerApi(client, options.signal);
  }

  private constructor(
    private readonly client: CostExplorerClient,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws CostExplorerReadError where a page is missing or is not what was asked for */
  async costs(query: CostQuery): Promise<CostAnswer> {
    const answer: CostAnswer = { lines: [], accountNames: new Map() };
    await this.pages('GetCostAndUsage', query.what, async NextPageToken => {
      const page = await this.client.send(
        new GetCostAndUsageCommand({
          TimePeriod: periodOf(query.days),
          Granularity: 'DAILY',
          Metrics: ['AmortizedCost', 'UnblendedCost'],
          GroupBy: query.groupBy,
          Filter: query.filter,
          NextPageToken,
        }),
        { abortSignal: this.signal },
      );
      for (const line of linesOf(page, query)) {
        answer.lines.push(line);
      }
      for (const { Value, Attributes } of page.DimensionValueAttributes ?? []) {
        if (Value && Attributes?.description) {
          answer.accountNames.set(Value, Attributes.description);
        }
      }
      return page.NextPageToken;
    });
    return answer;
  }

  /** Keys of the cost-allocation tags that charges of these days carry. */
  async tagKeys(days: Days): Promise<string[]> {
    const keys: string[] = [];
    await this.pages('GetTags', 'the tag keys', async NextPageToken => {
      const page = await this.client.send(
        new GetTagsCommand({ TimePeriod: periodOf(days), NextPageToken }),
        { abortSignal: this.signal },
      );
      keys.push(...(page.Tags ?? []));
      return page.NextPageToken;
    });
    return keys;
  }

  /** Names of the cost categories of these days. */
  async costCategories(days: Days): Promise<string[]> {
    const names: string[] = [];
    await this.pages(
      'GetCostCategories',
      'the cost categories',
      async NextPageToken => {
        const page = await this.client.send(
          new GetCostCategoriesCommand({
            TimePeriod: periodOf(days),
            NextPageToken,
          }),
          { abortSignal: this.signal },
        );
        names.push(...(page.CostCategoryNames ?? []));
        return page.NextPageToken;
      },
    );
    return names;
  }

  /** Closes the connections. */
  close(): void {
    this.client.destroy();
  }

  private async pages(
    operation: string,
    what: string,
    read: (token: string | undefined) => Promise<string | undefined>,
  ): Promise<void> {
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      this.signal.throwIfAborted();
      try {
        token = await read(token);
      } catch (error) {
        this.signal.throwIfAborted();
        throw explain(error, operation, what);
      }
      // It would cost us money for ever, and half an answer must not pass as the whole.
      if (token && seen.has(token)) {
        throw new CostExplorerReadError(
          `Cost Explorer repeats a page of ${what}, so its end is not known; the next run asks again`,
        );
      }
      seen.add(token ?? '');
    } while (token);
  }
}

function periodOf({ first, last }: Days): DateInterval {
  return { Start: dateOfDay(first), End: dateOfDay(last + 1) };
}
