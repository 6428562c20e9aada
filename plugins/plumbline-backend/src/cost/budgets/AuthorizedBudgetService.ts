import type {
  Budget,
  BudgetsPage,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineCostReadPermission } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CatalogNames,
  EntityAuthorizer,
  EntityStore,
} from '../../permissions';
import type { BudgetService, BudgetsRequest } from './BudgetService';
import type { BudgetStore } from './BudgetStore';
import { budgetsCursor } from './budgetsCursor';
import { forCaller } from './forCaller';

/**
 * Lists the budgets of entities whose costs the caller may read and that the catalog shows to the caller; those that
 * count an entity hidden from the caller without figures.
 *
 * @internal
 */
export class AuthorizedBudgetService implements BudgetService {
  static create(options: {
    store: BudgetStore;
    authorizer: EntityAuthorizer;
    entities: EntityStore;
    names: CatalogNames;
  }): AuthorizedBudgetService {
    return new AuthorizedBudgetService(
      options.store,
      options.authorizer,
      options.entities,
      options.names,
    );
  }

  private constructor(
    private readonly store: BudgetStore,
    private readonly authorizer: EntityAuthorizer,
    private readonly entities: EntityStore,
    private readonly names: CatalogNames,
  ) {}

  async listBudgets({
    query,
    credentials,
  }: BudgetsRequest): Promise<BudgetsPage> {
    const rights = await this.authorizer.getRights(
      [plumblineCostReadPermission],
      credentials,
    );
    const readable = rights.filter(plumblineCostReadPermission);
    const items: Budget[] = [];
    let { after } = query;
    // A cursor is for the caller to read: it names what they have seen.
    let seenLast = after;
    for (;;) {
      // What a caller sees of a state is known only once it is read: a page is filled from as many as it takes.
      const stored = await this.store.list({
        readable,
        entityRef: query.entityRef,
        after,
        limit: query.limit + 1,
      });
      const refs = stored.map(({ budget }) => budget.entityRef);
      const shown = await this.names.getVisible(refs, credentials);
      const hidden = await this.entities.countHiddenMembers(refs, readable);
      for (const budget of stored) {
        const { entityRef } = budget.budget;
        const seen = forCaller(budget, hidden.get(entityRef) ?? 0);
        if (
          shown.has(entityRef) &&
          (query.state === undefined || seen.state === query.state)
        ) {
          if (items.length === query.limit) {
            return { items, nextCursor: budgetsCursor.write(seenLast) };
          }
          items.push(seen);
          seenLast = { entityRef, id: budget.budget.id };
        }
        after = { entityRef, id: budget.budget.id };
      }
      if (stored.length <= query.limit) {
        return { items };
      }
    }
  }
}
