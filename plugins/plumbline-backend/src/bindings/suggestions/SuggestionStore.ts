import type {
  BindingSuggestion,
  BindingSuggestions,
  EntityRef,
  SuggestionConfidence,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import { nanosToDecimal, type PlumblineDatabase } from '../../database';
import { StateStore } from '../StateStore';
import { annotationFor } from './annotationFor';
import { whereUnclaimed } from './SuggestableStore';

/** Accounts that are offered to choose from. */
const MAX_ACCOUNTS = 200;
const CHUNK = 500;

/** Which suggestions. @internal */
export interface SuggestionFilter {
  confidence?: SuggestionConfidence;
  account?: string;
}

interface Row {
  id: number;
  ref: string;
  confidence: SuggestionConfidence;
  reason: string;
  ambiguous: unknown;
  costs: string;
  provider: string;
  account: string;
  region: string | null;
  type: string | null;
  native_id: string;
  name: string | null;
}

/**
 * Reads suggestions for resources that still belong to nobody.
 *
 * @internal
 */
export class SuggestionStore {
  readonly #knex: Knex;
  readonly #state: StateStore;

  static create(options: { database: PlumblineDatabase }): SuggestionStore {
    return new SuggestionStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#knex = database.knex;
    this.#state = StateStore.create({ database });
  }

  /**
   * @param options - `byCost`: the dearest first, else the most certain; without it there are no costs either
   */
  async list(
    filter: SuggestionFilter,
    options: { offset: number; limit: number; byCost: boolean },
  ): Promise<BindingSuggestion[]> {
    const { offset, limit, byCost } = options;
    const certainty = this.#knex.raw(
      `case binding_suggestion.confidence when 'state' then 0 when 'tag' then 1 else 2 end`,
    );
    const query = this.#filtered(filter);
    if (byCost) {
      query.orderBy('binding_suggestion.weight', 'desc');
    }
    const rows: Row[] = await this.#rows(
      query
        .orderBy(certainty)
        .orderBy('binding_suggestion.ambiguous')
        .orderBy('binding_suggestion.resource_id')
        .orderBy('binding_suggestion.id')
        .offset(offset)
        .limit(limit),
    );
    return rows.map(row => toSuggestion(row, byCost));
  }

  /** Those of these ids that still stand, without costs. */
  async getByIds(ids: readonly number[]): Promise<BindingSuggestion[]> {
    const found: BindingSuggestion[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const rows: Row[] = await this.#rows(
        this.#filtered({})
          .whereIn('binding_suggestion.id', ids.slice(start, start + CHUNK))
          .orderBy('binding_suggestion.id'),
      );
      found.push(...rows.map(row => toSuggestion(row, false)));
    }
    return found;
  }

  /** What there is to choose from. */
  async getFacets(): Promise<
    Pick<BindingSuggestions, 'counts' | 'accounts' | 'comparedAt'>
  > {
    const [counts, accounts, done] = await Promise.all([
      this.#filtered({})
        .groupBy('binding_suggestion.confidence')
        .select('binding_suggestion.confidence')
        .count({ count: '*' }),
      this.#filtered({})
        .groupBy(
          'account.id',
          'account.provider',
          'account.native_id',
          'account.name',
        )
        .select({
          provider: 'account.provider',
          accountId: 'account.native_id',
          name: 'account.name',
        })
        .count({ count: '*' })
        .orderBy('count', 'desc')
        .orderBy('account.native_id')
        .limit(MAX_ACCOUNTS),
      this.#state.get('suggestions_done'),
    ]);
    const order: SuggestionConfidence[] = ['state', 'tag', 'name'];
    return {
      counts: order.map(confidence => ({
        confidence,
        count: Number(
          counts.find(
            (row: Record<string, unknown>) => row.confidence === confidence,
          )?.count ?? 0,
        ),
      })),
      accounts: accounts.map(row => ({
        provider: String(row.provider),
        accountId: String(row.accountId),
        ...(row.name && { name: String(row.name) }),
        count: Number(row.count),
      })),
      ...(done && { comparedAt: JSON.parse(done).at }),
    };
  }

  #filtered({ confidence, account }: SuggestionFilter) {
    const query = this.#knex('binding_suggestion')
      .join('resource', 'resource.id', 'binding_suggestion.resource_id')
      .join('account', 'account.id', 'resource.account_id')
      .join('entity', 'entity.id', 'binding_suggestion.entity_id')
      .whereNull('entity.removed_at')
      .modify(narrowed => whereUnclaimed(this.#knex, narrowed));
    if (confidence) {
      query.where('binding_suggestion.confidence', confidence);
    }
    if (account) {
      query.where('account.native_id', account);
    }
    return query;
  }

  async #rows(query: Knex.QueryBuilder): Promise<Row[]> {
    return query.select(
      'binding_suggestion.id',
      'entity.ref',
      'binding_suggestion.confidence',
      'binding_suggestion.reason',
      'binding_suggestion.ambiguous',
      'binding_suggestion.costs',
      'account.provider',
      'account.native_id as account',
      'resource.region',
      'resource.type',
      'resource.native_id',
      'resource.name',
    );
  }
}

function toSuggestion(row: Row, withCosts: boolean): BindingSuggestion {
  const costs: Record<string, string> = JSON.parse(row.costs);
  return {
    id: String(row.id),
    resource: {
      provider: row.provider,
      accountId: row.account,
      ...(row.region && { region: row.region }),
      ...(row.type && { type: row.type }),
      id: row.native_id,
      ...(row.name && { name: row.name }),
    },
    entityRef: row.ref as EntityRef,
    confidence: row.confidence,
    reason: row.reason,
    ambiguous: Boolean(row.ambiguous),
    annotation: annotationFor(row.native_id),
    ...(withCosts && {
      costs: Object.entries(costs).map(([currency, nanos]) => ({
        currency,
        amount: nanosToDecimal(nanos),
      })),
    }),
  };
}
