import { createHash } from 'node:crypto';
import type { Budget } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import {
  dayToText,
  instantFromDatabase,
  nanosToDecimal,
  type PlumblineDatabase,
} from '../../database';
import { whereEntity, type EntityFilter } from '../../permissions';
import type { BudgetDefinition, EvaluatedBudget } from './types';

/** A budget as it was last evaluated, with the key of its entity. @internal */
export interface StoredBudget {
  entityId: number;
  budget: Budget & Required<Pick<Budget, 'figures'>>;
}

interface BudgetRow {
  id: string;
  entity_id: number;
  ref: string;
  definition: string;
  period_from: number;
  period_to: number;
  state: string;
  reason: string;
  spent: string | null;
  daily_rate: string | null;
  projected: string | null;
  exceeded_on: number | null;
  data_through: number | null;
  days_considered: number;
  members: number | null;
  other_currencies: string;
  evaluated_at: unknown;
}

/** How many entities one query looks for; more go into further queries. */
const CHUNK = 500;

/**
 * Budgets as last evaluated.
 *
 * @internal
 */
export class BudgetStore {
  static create(options: { database: PlumblineDatabase }): BudgetStore {
    return new BudgetStore(options.database.knex);
  }

  private constructor(private readonly knex: Knex) {}

  /** Puts these budgets in place of all others. */
  async replace(
    budgets: readonly EvaluatedBudget[],
    evaluatedAt: Date,
  ): Promise<void> {
    const rows = new Map(
      budgets.map(budget => [
        idOf(budget.definition),
        toRow(budget, evaluatedAt),
      ]),
    );
    const before: string[] = await this.knex('budget').pluck('id');
    await this.knex.transaction(async trx => {
      const gone = before.filter(id => !rows.has(id));
      for (let start = 0; start < gone.length; start += CHUNK) {
        await trx('budget')
          .whereIn('id', gone.slice(start, start + CHUNK))
          .delete();
      }
      for (const [id, row] of rows) {
        await trx('budget')
          .insert({ id, ...row })
          .onConflict('id')
          .merge();
      }
    });
  }

  /** Those of the entities that the catalog has, in order. */
  async presentOf(refs: readonly string[]): Promise<string[]> {
    const all = [...new Set(refs)];
    const present: string[] = [];
    for (let start = 0; start < all.length; start += CHUNK) {
      present.push(
        ...(await this.knex('entity')
          .whereIn('ref', all.slice(start, start + CHUNK))
          .whereNull('removed_at')
          .pluck('ref')),
      );
    }
    return present.sort();
  }

  /** Budgets of entities, by key. */
  async ofEntities(
    entityIds: readonly number[],
  ): Promise<ReadonlyMap<number, StoredBudget[]>> {
    const byEntity = new Map<number, StoredBudget[]>();
    for (let start = 0; start < entityIds.length; start += CHUNK) {
      const rows: BudgetRow[] = await this.#budgets().whereIn(
        'budget.entity_id',
        entityIds.slice(start, start + CHUNK),
      );
      for (const row of rows) {
        const known = byEntity.get(row.entity_id) ?? [];
        byEntity.set(row.entity_id, [...known, toStored(row)]);
      }
    }
    return byEntity;
  }

  /** Budgets of entities, of those that the filter lets through. */
  async ofRefs(
    refs: readonly string[],
    readable: EntityFilter,
  ): Promise<StoredBudget[]> {
    const found: StoredBudget[] = [];
    for (let start = 0; start < refs.length; start += CHUNK) {
      const rows: BudgetRow[] = await this.#budgets()
        .whereIn('entity.ref', refs.slice(start, start + CHUNK))
        .where((nested: Knex.QueryBuilder) => whereEntity(nested, readable));
      found.push(...rows.map(toStored));
    }
    return found;
  }

  /** So many budgets of entities that the filter lets through, in order of entity and id, after a place in this order. */
  async list(options: {
    readable: EntityFilter;
    entityRef?: string;
    after?: { entityRef: string; id: string };
    limit: number;
  }): Promise<StoredBudget[]> {
    const { after, entityRef } = options;
    const query = this.#budgets()
      .where(nested => whereEntity(nested, options.readable))
      .limit(options.limit);
    if (entityRef !== undefined) {
      query.where('entity.ref', entityRef);
    }
    if (after) {
      query.where(later =>
        later
          .where('entity.ref', '>', after.entityRef)
          .orWhere(same =>
            same
              .where('entity.ref', after.entityRef)
              .where('budget.id', '>', after.id),
          ),
      );
    }
    const rows: BudgetRow[] = await query;
    return rows.map(toStored);
  }

  #budgets(): Knex.QueryBuilder {
    return this.knex('budget')
      .join('entity', 'entity.id', 'budget.entity_id')
      .whereNull('entity.removed_at')
      .select('budget.*', 'entity.ref')
      .orderBy('entity.ref')
      .orderBy('budget.id');
  }
}

/** Who set it and what it is for; what it amounts to may change. */
function idOf(definition: BudgetDefinition): string {
  const { amount, fromMonth, toMonth, ...identity } = definition;
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(identity).sort()))
    .digest('hex');
}

function toRow(budget: EvaluatedBudget, evaluatedAt: Date) {
  const decimal = (nanos: bigint | undefined) =>
    nanos === undefined ? null : nanosToDecimal(nanos);
  return {
    entity_id: budget.entityId,
    definition: JSON.stringify(budget.definition),
    period_from: budget.window.from,
    period_to: budget.window.to,
    state: budget.state,
    reason: budget.reason,
    spent: decimal(budget.spent),
    daily_rate: decimal(budget.dailyRate),
    projected: decimal(budget.projected),
    exceeded_on: budget.exceededOn ?? null,
    data_through: budget.dataThrough ?? null,
    days_considered: budget.daysConsidered,
    members: budget.members ?? null,
    other_currencies: JSON.stringify(budget.otherCurrencies),
    evaluated_at: evaluatedAt,
  };
}

function toStored(row: BudgetRow): StoredBudget {
  const definition: BudgetDefinition = JSON.parse(row.definition);
  const evaluatedAt = instantFromDatabase(row.evaluated_at) ?? new Date(0);
  return {
    entityId: row.entity_id,
    budget: {
      id: row.id,
      ...(definition.name && { name: definition.name }),
      entityRef: definition.entityRef,
      ...(definition.environment && { environment: definition.environment }),
      basis: definition.basis,
      period: definition.period,
      from: dayToText(row.period_from),
      to: dayToText(row.period_to),
      origin: definition.origin,
      state: row.state as Budget['state'],
      reason: row.reason,
      figures: {
        currency: definition.currency,
        amount: definition.amount,
        ...(row.spent !== null && { spent: row.spent }),
        ...(row.daily_rate !== null && { dailyRate: row.daily_rate }),
        ...(row.projected !== null && { projected: row.projected }),
        ...(row.exceeded_on !== null && {
          exceededOn: dayToText(row.exceeded_on),
        }),
        ...(row.data_through !== null && {
          dataThrough: dayToText(row.data_through),
        }),
        daysConsidered: row.days_considered,
        ...(row.members !== null && { members: row.members }),
        otherCurrencies: JSON.parse(row.other_currencies),
      },
      evaluatedAt: evaluatedAt.toISOString(),
    },
  };
}
