import type {
  Budget,
  PortfolioRow,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import { EntityStore } from '../../permissions';
import { BudgetStore, byWorry, forCaller } from '../budgets';
import type { PortfolioView } from './PortfolioService';

/**
 * Says of rows how their budgets stand: a page of them at once, and no more of them than the list of budgets tells the
 * same caller.
 *
 * @internal
 */
export class RowBudgets {
  readonly #budgets: BudgetStore;
  readonly #entities: EntityStore;

  private constructor(options: { database: PlumblineDatabase }) {
    this.#budgets = BudgetStore.create(options);
    this.#entities = EntityStore.create(options);
  }

  static create(options: { database: PlumblineDatabase }): RowBudgets {
    return new RowBudgets(options);
  }

  async addTo(
    rows: readonly PortfolioRow[],
    view: PortfolioView,
  ): Promise<PortfolioRow[]> {
    const whose = rows.map(row => whoseBudget(row, view));
    const refs = [...new Set(whose.flatMap(({ ref }) => ref ?? []))];
    const stored = await this.#budgets.ofRefs(refs, view.readable);
    if (stored.length === 0) {
      return [...rows];
    }
    const hidden = await this.#entities.countHiddenMembers(
      [...new Set(stored.map(({ budget }) => budget.entityRef))],
      view.readable,
    );
    const budgets = stored.map(budget =>
      forCaller(budget, hidden.get(budget.budget.entityRef) ?? 0),
    );
    return rows.map((row, index) => {
      const found = budgets.filter(budget =>
        isOf(budget, whose[index], row.currency),
      );
      return found.length === 0 ? row : { ...row, budgets: byWorry(found) };
    });
  }
}

interface Whose {
  ref?: string;
  /** Only budgets of this environment; of any, or of all together, where absent. */
  environment?: string;
}

/**
 * Whose budgets stand in a row. Where only some of the entities of an owner, system or domain are looked at, the row
 * is a part of what its budgets count, and has none.
 */
function whoseBudget(
  { kind, key }: PortfolioRow,
  { query }: PortfolioView,
): Whose {
  const { by, environment } = query;
  const scope = Object.values(query.scope);
  if (kind !== 'named') {
    return {};
  }
  if (by === 'environment') {
    const [whole] = scope;
    return scope.length === 1 && whole !== 'none'
      ? { ref: whole, environment: key }
      : {};
  }
  return by === 'entity' || scope.length === 0 ? { ref: key, environment } : {};
}

/** A budget of which the caller may not know the currency stands in every row it may be of. */
function isOf(budget: Budget, whose: Whose, currency: string): boolean {
  return (
    budget.entityRef === whose.ref &&
    (whose.environment === undefined ||
      budget.environment === whose.environment) &&
    (budget.figures?.currency ?? currency) === currency
  );
}
