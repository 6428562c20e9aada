import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readEntries, readSchedule, readWhole } from '../entries';

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

const KEY = 'plumbline.costExplorer';

/** Cost Explorer is one service for all regions, and this is where it answers. */
const HOME_REGION = 'us-east-1';

/**
 * Reads `plumbline.costExplorer`.
 *
 * @throws InputError when an entry is incomplete, or a name is used twice
 * @internal
 */
export function readCostExplorerConfig(config: Config): CostExplorerSettings[] {
  return readEntries(config, KEY, readEntry);
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
    maxDetailAccounts: readWhole(config, 'maxDetailAccounts', 0, KEY) ?? 10,
    paidCallsPerDay: readWhole(config, 'paidCallsPerDay', 1, KEY) ?? 30,
    schedule: readSchedule(config),
    restatedMonths: readWhole(config, 'restatedMonths', 0, KEY) ?? 1,
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
    `${KEY}: '${name}' needs either 'detailBy.tag' or 'detailBy.costCategory'`,
  );
}

function readAccounts(config: Config, name: string): string[] | undefined {
  const accounts = config.getOptionalStringArray('linkedAccounts');
  const wrong = accounts?.find(account => !/^\d{12}$/.test(account));
  if (wrong !== undefined) {
    throw new InputError(
      `${KEY}: '${name}' names the account '${wrong}'; write its twelve digits in quotes`,
    );
  }
  return accounts && accounts.length > 0 ? accounts : undefined;
}
