import { NotFoundError } from '@backstage/errors';
import type {
  AccountCoverage,
  Coverage,
} from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalAccountId } from '../../bindings/claims/canonical';
import type {
  AccountCoverageStore,
  AccountReach,
  CoverageRow,
} from './AccountCoverageStore';
import { coverageFigures, sumsOf } from './coverageFigures';
import type { CoverageRequest } from './CoverageService';
import { reachOf } from './reachOf';

/**
 * Coverage by account for whoever asks; see {@link AuthorizedCoverageService}.
 *
 * @internal
 */
export class DefaultCoverageService {
  readonly #store: AccountCoverageStore;
  readonly #environments: ReadonlyMap<string, string>;

  private constructor(
    store: AccountCoverageStore,
    environments: ReadonlyMap<string, string>,
  ) {
    this.#store = store;
    this.#environments = environments;
  }

  /** @param options - `environments`: by canonical account id */
  static create(options: {
    store: AccountCoverageStore;
    environments: ReadonlyMap<string, string>;
  }): DefaultCoverageService {
    return new DefaultCoverageService(options.store, options.environments);
  }

  /**
   * @param request - without `amountsVisible` there are counts only, and the order is by counts
   * @throws NotFoundError for a month that is not worked out, or a currency that it has nothing in
   */
  async getCoverage(
    request: CoverageRequest & { amountsVisible: boolean },
  ): Promise<Coverage> {
    const { amountsVisible, offset, limit } = request;
    const months = await this.#store.listMonths();
    const month = request.month ?? months.at(0);
    if (month === undefined) {
      return {
        months,
        currencies: [],
        amountsVisible,
        total: coverageFigures([], { amountsVisible }),
        accounts: [],
        pending: false,
      };
    }
    if (!months.includes(month)) {
      throw new NotFoundError(
        `The coverage of ${month} is not known; leave the month out for the latest`,
      );
    }
    const [all, progress, reaches] = await Promise.all([
      this.#store.getRows(month),
      this.#store.getProgress(month),
      this.#store.getReaches(),
    ]);
    const currencies = currenciesOf(all);
    const currency = request.currency ?? currencies.at(0);
    if (request.currency && !currencies.includes(request.currency)) {
      throw new NotFoundError(
        `No account has costs in ${request.currency} in ${month}; there are ${
          currencies.join(', ') || 'none'
        }`,
      );
    }
    const rows = all.filter(row => row.currency === currency);
    const accounts = byAccount(rows).sort(
      amountsVisible ? byUnallocatedAmount : byUnallocatedCount,
    );
    return {
      month,
      ...(currency && { currency }),
      months,
      currencies,
      amountsVisible,
      total: coverageFigures(rows, { amountsVisible }),
      accounts: accounts
        .slice(offset, offset + limit)
        .map(account => this.#toAccount(account, reaches, amountsVisible)),
      ...(accounts.length > offset + limit && {
        nextCursor: String(offset + limit),
      }),
      pending: progress.pending,
      ...(progress.computedAt && {
        computedAt: progress.computedAt.toISOString(),
      }),
    };
  }

  #toAccount(
    rows: CoverageRow[],
    reaches: readonly AccountReach[],
    amountsVisible: boolean,
  ): AccountCoverage {
    const [{ provider, accountId, name }] = rows;
    const environment = this.#environments.get(canonicalAccountId(accountId));
    return {
      provider,
      accountId,
      ...(name && { name }),
      ...(environment && { environment }),
      ...reachOf(
        reaches.filter(
          reach => reach.provider === provider && reach.accountId === accountId,
        ),
      ),
      ...coverageFigures(rows, { amountsVisible }),
    };
  }
}

/** By how many resources have costs in them, which everybody who sees the page may know. */
function currenciesOf(rows: readonly CoverageRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { currency, resources } of rows) {
    counts.set(currency, (counts.get(currency) ?? 0) + resources);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([currency]) => currency);
}

function byAccount(rows: readonly CoverageRow[]): CoverageRow[][] {
  const accounts = new Map<string, CoverageRow[]>();
  for (const row of rows) {
    const key = `${row.provider} ${row.accountId}`;
    accounts.set(key, [...(accounts.get(key) ?? []), row]);
  }
  return [...accounts.values()];
}

function byUnallocatedAmount(a: CoverageRow[], b: CoverageRow[]): number {
  const [x, y] = [a, b].map(rows => sumsOf(rows).amounts.unallocated);
  return x === y ? byName(a, b) : Number(y > x) * 2 - 1;
}

function byUnallocatedCount(a: CoverageRow[], b: CoverageRow[]): number {
  const [x, y] = [a, b].map(rows => sumsOf(rows).resources.unallocated);
  return y - x || byName(a, b);
}

function byName([a]: CoverageRow[], [b]: CoverageRow[]): number {
  const [x, y] = [a, b].map(row => `${row.provider} ${row.accountId}`);
  return x < y ? -1 : 1;
}
