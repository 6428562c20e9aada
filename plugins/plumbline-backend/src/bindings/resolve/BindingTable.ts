import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type {
  BindingTarget,
  EntityRef,
  MatchedBy,
  Proof,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  instantFromDatabase,
  type PlumblineDatabase,
  type RecordColumn,
} from '../../database';
import { plainText } from '../plainText';

/** A binding that holds now, as it is stored. */
export interface OpenBinding {
  id: number;
  entityId: number;
  resourceId?: number;
  target: string;
  environmentId: number;
  matchedBy: MatchedBy;
  proof: Proof;
  reason: string;
  /** JSON. */
  contestedBy?: string;
  validFrom?: Date;
}

/** A binding as it should be; with the id of the row that it replaces, or none for a new one. */
export interface BindingWrite {
  id?: number;
  entityId: number;
  resourceId?: number;
  target: BindingTarget;
  environmentId: number;
  matchedBy: MatchedBy;
  proof: Proof;
  reason: string;
  contestedBy: EntityRef[];
  /** Absent: for all time before. */
  validFrom?: Date;
}

const COLUMNS: RecordColumn[] = [
  { name: 'entity_id', type: 'integer' },
  { name: 'binding_key', type: 'text' },
  { name: 'target_kind', type: 'text' },
  { name: 'resource_id', type: 'integer' },
  { name: 'target', type: 'text' },
  { name: 'environment_id', type: 'integer' },
  { name: 'matched_by', type: 'text' },
  { name: 'proof', type: 'text' },
  { name: 'proof_reason', type: 'text' },
  { name: 'contested_by', type: 'text' },
  { name: 'valid_from', type: 'instant' },
];

const UPDATED = COLUMNS.filter(
  ({ name }) => name !== 'entity_id' && name !== 'valid_from',
)
  .map(({ name }) => `${name} = excluded.${name}`)
  .join(', ');

const CHUNK = 1_000;

/**
 * The rows of `binding`.
 *
 * @internal
 */
export class BindingTable {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): BindingTable {
    return new BindingTable(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** The bindings that hold now of resources. */
  async openOfResources(ids: readonly number[]): Promise<OpenBinding[]> {
    return this.#open(query => query.whereIn('resource_id', ids));
  }

  /** The repository bindings that hold now. */
  async openOfRepositories(): Promise<OpenBinding[]> {
    return this.#open(query => query.where('target_kind', 'repository'));
  }

  /** Ends bindings. */
  async close(
    trx: Knex.Transaction,
    ids: readonly number[],
    now: Date,
  ): Promise<void> {
    for (let start = 0; start < ids.length; start += CHUNK) {
      await trx('binding')
        .whereIn('id', ids.slice(start, start + CHUNK))
        .update({ valid_to: now });
    }
  }

  /** Adds new bindings and rewrites changed ones, which keep their id and the time they began. */
  async write(
    trx: Knex.Transaction,
    bindings: readonly BindingWrite[],
  ): Promise<void> {
    const added = bindings.filter(({ id }) => id === undefined);
    const changed = bindings.filter(({ id }) => id !== undefined);
    for (let start = 0; start < added.length; start += CHUNK) {
      await this.#database.dialect.insertRecords(
        trx,
        'binding',
        COLUMNS,
        added.slice(start, start + CHUNK).map(toRecord),
        '',
      );
    }
    for (let start = 0; start < changed.length; start += CHUNK) {
      await this.#database.dialect.insertRecords(
        trx,
        'binding',
        [{ name: 'id', type: 'integer' }, ...COLUMNS],
        changed.slice(start, start + CHUNK).map(toRecord),
        `on conflict (id) do update set ${UPDATED}`,
      );
    }
  }

  async #open(
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<OpenBinding[]> {
    const rows: {
      id: number;
      entity_id: number;
      resource_id: number | null;
      target: string;
      environment_id: number;
      matched_by: MatchedBy;
      proof: Proof;
      proof_reason: string;
      contested_by: string | null;
      valid_from: unknown;
    }[] = await narrow(this.#database.knex('binding').whereNull('valid_to'));
    return rows.map(row => ({
      id: row.id,
      entityId: row.entity_id,
      resourceId: row.resource_id ?? undefined,
      target: row.target,
      environmentId: row.environment_id,
      matchedBy: row.matched_by,
      proof: row.proof,
      reason: row.proof_reason,
      contestedBy: row.contested_by ?? undefined,
      validFrom: instantFromDatabase(row.valid_from),
    }));
  }
}

/** Whether a stored binding says something else than it should. */
export function differs(stored: OpenBinding, wanted: BindingWrite): boolean {
  return (
    stored.matchedBy !== wanted.matchedBy ||
    stored.proof !== wanted.proof ||
    stored.environmentId !== wanted.environmentId ||
    stored.contestedBy !== contestedJson(wanted) ||
    stored.reason !== plainText(wanted.reason, 1_000) ||
    stored.target !== JSON.stringify(wanted.target)
  );
}

function contestedJson({ contestedBy }: BindingWrite): string | undefined {
  return contestedBy.length > 0 ? JSON.stringify(contestedBy) : undefined;
}

function toRecord(binding: BindingWrite): Record<string, unknown> {
  return {
    id: binding.id,
    entity_id: binding.entityId,
    binding_key: bindingKey(binding),
    target_kind: binding.target.kind,
    resource_id: binding.resourceId,
    target: JSON.stringify(binding.target),
    environment_id: binding.environmentId,
    matched_by: binding.matchedBy,
    proof: binding.proof,
    proof_reason: plainText(binding.reason, 1_000),
    contested_by: contestedJson(binding),
    valid_from: binding.validFrom,
  };
}

function bindingKey({ target, matchedBy }: BindingWrite): string {
  const identity =
    target.kind === 'resource'
      ? [target.provider, target.id, target.id === '' ? target.accountId : '']
      : [target.host, target.repository, target.path];
  return createHash('sha256')
    .update(JSON.stringify([target.kind, ...identity, matchedBy]))
    .digest('hex');
}
