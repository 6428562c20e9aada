import type { CostQuery, Days } from '../api/CostExplorerApi';
import {
  all,
  BY_ACCOUNT,
  byDetail,
  BY_SERVICE,
  ofAccounts,
  ofRecordTypes,
} from '../api/filters';
import type { CostLine } from '../api/linesOf';
import type { CostExplorerSettings } from '../config';
import { ZERO, type ExactAmount } from '../money';
import { kindOfRecord } from '../recordTypes';

/** A question that tells apart the usage of an account, or of several. @internal */
export interface DetailQuery extends CostQuery {
  /** Its groups are detail × service of this account; account × service where absent. */
  account?: string;
  /** Usage that savings plans pay for. */
  covered: boolean;
}

/** What the control query says of the usage of one account. */
interface AccountUsage {
  account: string;
  amount: ExactAmount;
  /** Record types as Cost Explorer writes them. */
  plain: Set<string>;
  covered: Set<string>;
}

/**
 * The questions that tell apart the usage which the control query found: one for each account, the dearest first, and
 * one for all others. Usage that savings plans pay for is asked for by itself: its unblended cost is taken off the
 * bill again by a negation, which carries no tag, so that only its amortised cost belongs to who used it.
 *
 * @internal
 */
export function planDetails(
  control: readonly CostLine[],
  days: Days,
  settings: CostExplorerSettings,
): DetailQuery[] {
  const usages = usageByAccount(control);
  const detailed = usages.slice(0, settings.maxDetailAccounts);
  const others = usages.slice(settings.maxDetailAccounts);
  const queries = (
    what: string,
    scope: Pick<DetailQuery, 'account' | 'groupBy' | 'filter'>,
    members: AccountUsage[],
  ) =>
    ([false, true] as const).flatMap((covered): DetailQuery[] => {
      const recordTypes = new Set(
        members.flatMap(({ [covered ? 'covered' : 'plain']: names }) => [
          ...names,
        ]),
      );
      return recordTypes.size === 0
        ? []
        : [
            {
              ...scope,
              what,
              days,
              covered,
              filter: all(scope.filter, ofRecordTypes([...recordTypes].sort())),
            },
          ];
    });
  return [
    ...detailed.flatMap(usage =>
      queries(
        `account ${usage.account}`,
        {
          account: usage.account,
          groupBy: [byDetail(settings.detailBy), BY_SERVICE],
          filter: ofAccounts([usage.account]),
        },
        [usage],
      ),
    ),
    ...queries(
      `the ${others.length} other accounts`,
      {
        groupBy: [BY_ACCOUNT, BY_SERVICE],
        filter: all(
          settings.linkedAccounts && ofAccounts(settings.linkedAccounts),
          detailed.length > 0
            ? { Not: ofAccounts(detailed.map(({ account }) => account)) }
            : undefined,
        ),
      },
      others,
    ),
  ];
}

/** Accounts with usage, the dearest first. Which currency it is in plays no part: this is about calls, not sums. */
function usageByAccount(control: readonly CostLine[]): AccountUsage[] {
  const usages = new Map<string, AccountUsage>();
  for (const { keys, effective } of control) {
    const [account, recordType] = keys;
    const kind = kindOfRecord(recordType)?.type;
    if (kind === 'usage' || kind === 'covered') {
      const usage = usages.get(account) ?? {
        account,
        amount: ZERO,
        plain: new Set(),
        covered: new Set(),
      };
      usage.amount = usage.amount.plus(effective);
      usage[kind === 'covered' ? 'covered' : 'plain'].add(recordType);
      usages.set(account, usage);
    }
  }
  return [...usages.values()].sort(
    (a, b) => b.amount.comparedTo(a.amount) || (a.account < b.account ? -1 : 1),
  );
}
