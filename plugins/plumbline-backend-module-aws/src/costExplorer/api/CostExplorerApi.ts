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
import {
  bookCalls,
  clientSettings,
  IN_EACH_ATTEMPT,
  readPages,
  type AwsService,
} from '../../aws';
import { dateOfDay } from '../../calendar';
import type { CostExplorerSettings } from '../config';
import { commandLine } from './commandLine';
import { linesOf, type CostLine } from './linesOf';

const COST_EXPLORER: AwsService = {
  title: 'Cost Explorer',
  prefix: 'ce',
  refusal: message =>
    /not enabled/i.test(message)
      ? `Cost Explorer is not enabled for this account, or not for its members (it says: ${message}). Enable it in the management account's billing preferences.`
      : undefined,
};

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
  /** How a person asks the same. */
  command: string;
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
    const { settings, credentials, budget } = options;
    const client = new CostExplorerClient({
      ...(await clientSettings(settings, credentials, {
        service: COST_EXPLORER,
        operation: 'GetCostAndUsage',
        what: settings.title,
      })),
      ...options.client,
    });
    client.middlewareStack.addRelativeTo(bookCalls(budget), IN_EACH_ATTEMPT);
    return new CostExplorerApi(client, options.signal);
  }

  private constructor(
    private readonly client: CostExplorerClient,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws AwsReadError where a page is missing or is not what was asked for */
  async costs(query: CostQuery): Promise<CostAnswer> {
    const request = {
      TimePeriod: periodOf(query.days),
      Granularity: 'DAILY' as const,
      Metrics: ['AmortizedCost', 'UnblendedCost'],
      GroupBy: query.groupBy,
      Filter: query.filter,
    };
    const answer: CostAnswer = {
      lines: [],
      accountNames: new Map(),
      command: commandLine(request),
    };
    await this.pages('GetCostAndUsage', query.what, async NextPageToken => {
      const page = await this.client.send(
        new GetCostAndUsageCommand({ ...request, NextPageToken }),
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
    await readPages(
      { service: COST_EXPLORER, operation, what },
      this.signal,
      read,
    );
  }
}

function periodOf({ first, last }: Days): DateInterval {
  return { Start: dateOfDay(first), End: dateOfDay(last + 1) };
}
