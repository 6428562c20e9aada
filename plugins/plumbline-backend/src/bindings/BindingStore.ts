import { InputError } from '@backstage/errors';
import type {
  Binding,
  BindingTarget,
  EntityBindings,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import {
  addMonths,
  instantFromDatabase,
  monthOfInstant,
  type PlumblineDatabase,
} from '../database';
import type { BindingsConfig } from './BindingsConfig';
import { EnvironmentStore } from './EnvironmentStore';

/** `billed` looks at so many months before the present one. */
const BILLED_MONTHS = 2;
/** So many entities are followed along dependencies. */
const MAX_DEPENDENCIES = 10_000;
const CHUNK = 500;

/** An environment that was ever seen. */
export interface EnvironmentRecord {
  id: number;
  name: string;
  production: boolean;
}

/**
 * What the API asks of bindings.
 *
 * @internal
 */
export class BindingStore {
  readonly #knex: Knex;
  readonly #config: BindingsConfig;
  readonly #environments: EnvironmentStore;
  readonly #now: () => Date;

  static create(options: {
    database: PlumblineDatabase;
    config: BindingsConfig;
    now?: () => Date;
  }): BindingStore {
    return new BindingStore(options);
  }

  private constructor(options: {
    database: PlumblineDatabase;
    config: BindingsConfig;
    now?: () => Date;
  }) {
    this.#knex = options.database.knex;
    this.#config = options.config;
    this.#environments = EnvironmentStore.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * A page of the bindings that hold now, repositories first, with everything unresolved of the entity.
   *
   * @returns undefined where the catalog has no such entity
   * @throws InputError for a cursor that this store did not make
   */
  async getBindings(
    entityRef: EntityRef,
    options: { cursor?: string; limit: number },
  ): Promise<EntityBindings | undefined> {
    const entity = await this.#entities()
      .where({ ref: entityRef })
      .first('id', 'unresolved');
    if (!entity) {
      return undefined;
    }
    const query = this.#knex('binding')
      .join('environment', 'environment.id', 'binding.environment_id')
      .where('binding.entity_id', entity.id)
      .whereNull('binding.valid_to')
      .orderBy(['binding.target_kind', 'binding.id'])
      .limit(options.limit + 1)
      .select('binding.*', 'environment.name as environment');
    if (options.cursor !== undefined) {
      const { kind, id } = parseCursor(options.cursor);
      query.where(after =>
        after
          .where('binding.target_kind', '>', kind)
          .orWhere(same =>
            same
              .where('binding.target_kind', kind)
              .where('binding.id', '>', id),
          ),
      );
    }
    const rows: BindingRow[] = await query;
    const page = rows.slice(0, options.limit);
    const billed = await this.#billed(
      page.flatMap(row => row.resource_id ?? []),
    );
    const last = page.at(-1);
    return {
      entityRef,
      bindings: page.map(row => toBinding(row, billed)),
      unresolved: entity.unresolved ? JSON.parse(entity.unresolved) : [],
      ...(rows.length > page.length &&
        last && { nextCursor: `${last.target_kind}:${last.id}` }),
    };
  }

  /** The Components and Resources that an entity depends on, over any number of steps, without itself. */
  async getDependencies(entityRef: EntityRef): Promise<number[]> {
    const root: { id: number } | undefined = await this.#entities()
      .where({ ref: entityRef })
      .first('id');
    if (!root) {
      return [];
    }
    const seen = new Set([root.id]);
    let frontier = [root.id];
    while (frontier.length > 0 && seen.size < MAX_DEPENDENCIES) {
      const found: { id: number }[] = await this.#entities()
        .join(
          'entity_dependency',
          'entity_dependency.depends_on_ref',
          'entity.ref',
        )
        .whereIn('entity_dependency.entity_id', frontier.slice(0, CHUNK))
        .whereIn('entity.kind', ['component', 'resource'])
        .distinct('entity.id');
      const next = found.map(({ id }) => id).filter(id => !seen.has(id));
      next.forEach(id => seen.add(id));
      frontier = [...frontier.slice(CHUNK), ...next];
    }
    seen.delete(root.id);
    return [...seen].sort((a, b) => a - b);
  }

  /** Every environment that was ever seen, and which of them are production. */
  async listEnvironments(): Promise<EnvironmentRecord[]> {
    const environments = await this.#environments.list();
    return [...environments].map(([name, id]) => ({
      id,
      name,
      production: this.#config.environments.production.has(name.toLowerCase()),
    }));
  }

  #entities(): Knex.QueryBuilder {
    return this.#knex('entity')
      .whereNull('entity.removed_at')
      .whereNot('entity.kind', 'bucket');
  }

  /** Which of these resources have lines in the live data of the last months. */
  async #billed(resourceIds: number[]): Promise<Set<number>> {
    const since = addMonths(monthOfInstant(this.#now()), -BILLED_MONTHS);
    const rows: { id: number }[] = await this.#knex('resource')
      .whereIn('resource.id', resourceIds)
      .whereExists(
        this.#knex('cost_partition as p')
          .join(
            'resource_cost_daily as c',
            'c.generation_id',
            'p.resource_generation',
          )
          .join('source', 'source.id', 'p.source_id')
          .whereNull('source.retired_at')
          .where('p.month', '>=', since)
          .whereRaw('c.resource_id = resource.id')
          .select(this.#knex.raw('1')),
      )
      .select('resource.id');
    return new Set(rows.map(({ id }) => id));
  }
}

interface BindingRow {
  id: number;
  resource_id: number | null;
  target_kind: string;
  target: string;
  environment: string;
  matched_by: Binding['matchedBy'];
  proof: Binding['proof'];
  proof_reason: string;
  contested_by: string | null;
  valid_from: unknown;
}

function toBinding(row: BindingRow, billed: ReadonlySet<number>): Binding {
  const target: BindingTarget = JSON.parse(row.target);
  const validFrom = instantFromDatabase(row.valid_from);
  const contestedBy: EntityRef[] = row.contested_by
    ? JSON.parse(row.contested_by)
    : [];
  return {
    id: String(row.id),
    target,
    environment: row.environment,
    matchedBy: row.matched_by,
    proof: row.proof,
    proofReason: row.proof_reason,
    ...(validFrom && { validFrom: validFrom.toISOString() }),
    ...(row.resource_id !== null && { billed: billed.has(row.resource_id) }),
    ...(contestedBy.length > 0 && { contestedBy }),
  };
}

function parseCursor(cursor: string): { kind: string; id: number } {
  const match = /^([a-z-]+):(\d+)$/.exec(cursor);
  if (!match) {
    throw new InputError(
      `'${cursor}' is no cursor of this list; take nextCursor of the page before`,
    );
  }
  return { kind: match[1], id: Number(match[2]) };
}
