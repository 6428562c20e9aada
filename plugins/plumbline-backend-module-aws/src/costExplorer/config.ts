import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** What the costs of an account are told apart by, beside the service. @internal */
export type DetailKey =
  | { type: 'tag'; key: string }
  | { type: 'cost-category'; key: string };

/** One entry of `plumbline.costExplorer`. @internal */
export interface CostExplorerSettings {
  name: string;
  title: string;
  /** One of `aws.accounts`; the main account where absent. */
  accountId?: string;
  region: string;
  endpoint?: string;
  detailBy: DetailKey;
  /** Only these accounts; all that the credentials see where absent. */
  linkedAccounts?: string[];
  maxDetailAccounts: number;
  paidCallsPerDay: number;
  schedule: SchedulerServiceTaskScheduleDefinition;
  restatedMonths: number;
}

/** Cost Explorer is one service for all regions, and this is where it answers. */
const HOME_REGION = 'us-east-1';

/**
 * Reads `plumbline.costExplorer`.
 *
 * @throws InputError when an entry is incomplete, or a name is used twice
 * @internal
 */
export function readCostExplorerConfig(config: Config): CostExplorerSettings[] {
  const entries = config.getOptionalConfigArray('plumbline.costExplorer') ?? [];
  const names = new Set<string>();
  return entries.map(entry => {
    const name = entry.getString('name');
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new InputError(
        `plumbline.costExplorer: the name '${name}' must consist of lower-case letters, digits and hyphens`,
      );
    }
    if (names.has(name)) {
      throw new InputError(
        `plumbline.costExplorer: two entries are called '${name}'`,
      );
    }
    names.add(name);
    return readEntry(entry, name);
  });
}

function readEntry(config: Config, name: string): CostExplorerSettings {
  return {
    name,
    title: config.getOptionalString('title') ?? `Cost Explorer ${name}`,
    accountId: config.getOptionalString('accountId'),
    region: config.getOptionalString('region') ?? HOME_REGION,
    endpoint: config.getOptionalString('endpoint'),
    detailBy: readDetailKey(config, name),
    linkedAccounts: readAccounts(config, name),
    maxDetailAccounts: readWhole(config, 'maxDetailAccounts', 0) ?? 10,
    paidCallsPerDay: readWhole(config, 'paidCallsPerDay', 1) ?? 30,
    schedule: config.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig('schedule'),
        )
      : { frequency: { hours: 24 }, timeout: { hours: 1 } },
    restatedMonths: readWhole(config, 'restatedMonths', 0) ?? 1,
  };
}

function readDetailKey(config: Config, name: string): DetailKey {
  const tag = config.getOptionalString('detailBy.tag');
  const category = config.getOptionalString('detailBy.costCategory');
  if (tag && !category) {
    return { type: 'tag', key: tag };
  }
  if (category && !tag) {
    return { type: 'cost-category', key: category };
  }
  throw new InputError(
    `plumbline.costExplorer: '${name}' needs either 'detailBy.tag' or 'detailBy.costCategory'`,
  );
}

function readAccounts(config: Config, name: string): string[] | undefined {
  const accounts = config.getOptionalStringArray('linkedAccounts');
  const wrong = accounts?.find(account => !/^\d{12}$/.test(account));
  if (wrong !== undefined) {
    throw new InputError(
      `plumbline.costExplorer: '${name}' names the account '${wrong}'; write its twelve digits in quotes`,
    );
  }
  return accounts && accounts.length > 0 ? accounts : undefined;
}

function readWhole(
  config: Config,
  key: string,
  least: number,
): number | undefined {
  const value = config.getOptionalNumber(key);
  if (value !== undefined && (!Number.isInteger(value) || value < least)) {
    throw new InputError(
      `plumbline.costExplorer: ${key} is ${value}, not a whole number from ${least}`,
    );
  }
  return value;
}
