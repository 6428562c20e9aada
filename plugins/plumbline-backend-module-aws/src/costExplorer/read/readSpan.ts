import { isError } from '@backstage/errors';
import { monthOfDay } from '../../calendar';
import type { CostAnswer, CostExplorerApi, Days } from '../api/CostExplorerApi';
import { BY_ACCOUNT, BY_RECORD_TYPE, ofAccounts } from '../api/filters';
import type { CostLine } from '../api/linesOf';
import type { CostExplorerSettings } from '../config';
import { ZERO, type ExactAmount } from '../money';
import { planDetails, type DetailQuery } from './planDetails';

/** Usage of one day that is told apart by service, and by tag or cost category where one is. @internal */
export interface DetailLine {
  account: string;
  /** Value of the tag or cost category; absent where the usage has none, or was not asked for it. */
  value?: string;
  service: string;
  day: number;
  currency: string;
  effective: ExactAmount;
  billed: ExactAmount;
  covered: boolean;
}

/** A question that was answered. @internal */
export interface AskedQuery {
  /** How a person asks the same. */
  command: string;
  /** It tells of this account only; of all where absent. */
  account?: string;
  /** Lines of the answer by month. */
  lines: ReadonlyMap<string, number>;
}

/** All that Cost Explorer says of a span. @internal */
export interface SpanReading {
  days: Days;
  /** By account and record type: the truth of the totals. */
  control: CostLine[];
  details: DetailLine[];
  accountNames: Map<string, string>;
  /** What was asked, in this order. */
  asked: AskedQuery[];
  /** What the day's calls did not suffice for. */
  unread: DetailQuery[];
  /** Lines were asked for by tag or cost category, and none had a value. */
  valueless: boolean;
}

/**
 * Reads a span: the control query, then what tells its usage apart.
 *
 * @param frugal - whether details may be left out when the day's calls are used up, so that the totals at least are
 *   there
 * @throws BudgetExhaustedError, AwsReadError, AwsAccessError
 * @internal
 */
export async function readSpan(options: {
  api: CostExplorerApi;
  days: Days;
  settings: CostExplorerSettings;
  frugal: boolean;
}): Promise<SpanReading> {
  const { api, days, settings, frugal } = options;
  const totals = await api.costs({
    what: 'the totals by account',
    days,
    groupBy: [BY_ACCOUNT, BY_RECORD_TYPE],
    filter: settings.linkedAccounts && ofAccounts(settings.linkedAccounts),
  });
  const { lines: control, accountNames } = totals;
  const reading: SpanReading = {
    days,
    control,
    details: [],
    accountNames,
    asked: [askedOf(totals)],
    unread: [],
    valueless: false,
  };
  const queries = planDetails(control, days, settings);
  for (const [i, query] of queries.entries()) {
    try {
      const answer = await api.costs(query);
      reading.asked.push(askedOf(answer, query.account));
      for (const line of answer.lines) {
        reading.details.push(detailOf(line, query, settings.detailBy.key));
      }
    } catch (error) {
      if (!frugal || !isError(error) || error.name !== 'BudgetExhaustedError') {
        throw error;
      }
      reading.unread = queries.slice(i);
      break;
    }
  }
  reading.valueless =
    reading.details.some(({ account }) => isDetailed(account, queries)) &&
    reading.details.every(({ value }) => value === undefined);
  return reading;
}

function askedOf({ command, lines }: CostAnswer, account?: string): AskedQuery {
  const byMonth = new Map<string, number>();
  for (const { day } of lines) {
    const month = monthOfDay(day);
    byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
  }
  return { command, lines: byMonth, ...(account !== undefined && { account }) };
}

function isDetailed(account: string, queries: DetailQuery[]): boolean {
  return queries.some(query => query.account === account);
}

function detailOf(
  { keys, day, currency, effective, billed }: CostLine,
  { account, covered }: DetailQuery,
  detailKey: string,
): DetailLine {
  const [first, service] = keys;
  const common = {
    service,
    day,
    currency,
    effective,
    billed: covered ? ZERO : billed,
    covered,
  };
  if (account === undefined) {
    return { ...common, account: first };
  }
  // `key$value`, and `key$` where there is none.
  const value = first.startsWith(`${detailKey}$`)
    ? first.slice(detailKey.length + 1)
    : first;
  return { ...common, account, value: value || undefined };
}
