import type { SuggestionConfidence } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase, RecordColumn } from '../../database';
import type { CostsByCurrency } from './RecentCosts';

/** A row to be written. */
export interface SuggestionWrite {
  resourceId: number;
  entityId: number;
  confidence: SuggestionConfidence;
  reason: string;
  ambiguous: boolean;
  costs: CostsByCurrency;
  pass: number;
}

const COLUMNS: RecordColumn[] = [
  { name: 'resource_id', type: 'integer' },
  { name: 'entity_id', type: 'integer' },
  { name: 'confidence', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'ambiguous', type: 'boolean' },
  { name: 'costs', type: 'text' },
  { name: 'weight', type: 'integer' },
  { name: 'pass', type: 'integer' },
];

const UPDATED = COLUMNS.map(({ name }) => name)
  .filter(name => name !== 'resource_id' && name !== 'entity_id')
  .map(name => `${name} = excluded.${name}`)
  .join(', ');

/**
 * Writes suggestions. One that was there before keeps its id, so that what somebody selected stays selected.
 *
 * @internal
 */
export class SuggestionTable {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): SuggestionTable {
    return new SuggestionTable(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  async write(suggestions: readonly SuggestionWrite[]): Promise<void> {
    await this.#database.insertRecords(
      'binding_suggestion',
      COLUMNS,
      suggestions.map(suggestion => ({
        resource_id: suggestion.resourceId,
        entity_id: suggestion.entityId,
        confidence: suggestion.confidence,
        reason: suggestion.reason,
        ambiguous: suggestion.ambiguous,
        costs: JSON.stringify(suggestion.costs),
        weight: weightOf(suggestion.costs),
        pass: suggestion.pass,
      })),
      `on conflict (resource_id, entity_id) do update set ${UPDATED}`,
    );
  }

  /** Forgets what the passes before found and this one did not. */
  async forgetBefore(pass: number): Promise<void> {
    await this.#database
      .knex('binding_suggestion')
      .where('pass', '<', pass)
      .delete();
  }
}

/** The largest amount in cents of its currency, to sort by; what goes beyond the column counts as its most. */
function weightOf(costs: CostsByCurrency): number {
  const cents = Object.values(costs).map(nanos =>
    Number(BigInt(nanos) / 10_000_000n),
  );
  return Math.max(
    -2_147_483_648,
    Math.min(2_147_483_647, Math.max(0, ...cents)),
  );
}
