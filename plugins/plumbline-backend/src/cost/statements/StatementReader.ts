import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import type { PlumblineDatabase } from '../../database';
import { whereEntity } from '../../permissions';
import type { EntityFilter } from '../../permissions';

/** What a caller may read: by their rights now, on the entities as they are now. @internal */
export interface StatementAccess {
  /** Entities; all where undefined. */
  readable: EntityFilter;
  /** Keys of the buckets they may read. */
  buckets: readonly number[];
}

/** Sums of one entity or bucket in one currency; amounts in nanos. @internal */
export interface EntitySum {
  entityId: number;
  ref: EntityRef;
  kind: string;
  title?: string;
  ownerRef?: EntityRef;
  systemRef?: EntityRef;
  domainRef?: EntityRef;
  vanished: boolean;
  currency: string;
  effective: bigint;
  billed: bigint;
}

/** Sums of one statement in one currency; amounts in nanos. @internal */
export interface StatementSum {
  statementId: number;
  currency: string;
  effective: bigint;
  billed: bigint;
}

/** One line; amounts in nanos. @internal */
export interface LineRecord {
  statementId: number;
  entityId: number;
  environment: string;
  provider: string;
  service: string;
  category: string;
  correction: boolean;
  commitment: string;
  currency: string;
  effective: bigint;
  billed: bigint;
}

/** Where a page of lines begins: behind this one. @internal */
export type LinePosition = readonly [
  entity: number,
  environment: number,
  service: number,
  currency: number,
  chargeKind: number,
];

const NANOS = 1_000_000_000n;
const KEY = [
  'entity_id',
  'environment_id',
  'service_id',
  'currency_id',
  'charge_kind_id',
] as const;

/**
 * Reads published statements as far as a caller may.
 *
 * @internal
 */
export class StatementReader {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { database: PlumblineDatabase }): StatementReader {
    return new StatementReader(options.database.knex);
  }

  /**
   * Sums by entity and currency, each with the name and the owner of when the month first named it.
   *
   * @param named - statements of the month that may have named an entity
   */
  async sumByEntity(
    statements: readonly number[],
    named: readonly number[],
    access: StatementAccess,
    entityId?: number,
  ): Promise<EntitySum[]> {
    const sums = this.#knex('statement_line as line')
      .whereIn('line.statement_id', [...statements])
      .groupBy('line.entity_id', 'line.currency_id')
      .select('line.entity_id', 'line.currency_id', ...this.#amounts());
    if (entityId !== undefined) {
      sums.where('line.entity_id', entityId);
    }
    const query = this.#knex(sums.as('sums'))
      .join('statement_entity as named', 'named.entity_id', 'sums.entity_id')
      .join('entity', 'entity.id', 'sums.entity_id')
      .join('currency', 'currency.id', 'sums.currency_id')
      .whereIn('named.statement_id', [...named])
      .select(
        'sums.*',
        'named.ref',
        'named.kind',
        'named.title',
        'named.owner_ref',
        'named.system_ref',
        'named.domain_ref',
        'entity.removed_at',
        'currency.code',
      );
    whereReadable(query, access);
    const rows = await query;
    return rows.map(row => ({
      entityId: row.entity_id,
      ref: row.ref,
      kind: row.kind,
      title: row.title ?? undefined,
      ownerRef: row.owner_ref ?? undefined,
      systemRef: row.system_ref ?? undefined,
      domainRef: row.domain_ref ?? undefined,
      vanished: row.removed_at !== null,
      currency: row.code,
      ...toAmounts(row),
    }));
  }

  /** Sums by statement and currency. */
  async sumByStatement(
    statements: readonly number[],
    access: StatementAccess,
  ): Promise<StatementSum[]> {
    const query = this.#knex('statement_line as line')
      .join('entity', 'entity.id', 'line.entity_id')
      .join('currency', 'currency.id', 'line.currency_id')
      .whereIn('line.statement_id', [...statements])
      .groupBy('line.statement_id', 'currency.code')
      .orderBy(['line.statement_id', 'currency.code'])
      .select('line.statement_id', 'currency.code', ...this.#amounts());
    whereReadable(query, access);
    const rows = await query;
    return rows.map(row => ({
      statementId: row.statement_id,
      currency: row.code,
      ...toAmounts(row),
    }));
  }

  /** How many entities, buckets aside, the statements name. */
  async countEntities(statements: readonly number[]): Promise<number> {
    const row = await this.#knex('statement_entity')
      .whereIn('statement_id', [...statements])
      .whereNot({ kind: 'bucket' })
      .count({ count: '*' })
      .first();
    return Number(row?.count);
  }

  /** The key of what the month calls so. */
  async findEntity(
    named: readonly number[],
    ref: string,
  ): Promise<number | undefined> {
    const row = await this.#knex('statement_entity')
      .whereIn('statement_id', [...named])
      .where({ ref })
      .first('entity_id');
    return row?.entity_id;
  }

  /** One page of one statement's lines, in the order of their keys, of given entities. */
  async lines(
    statementId: number,
    options: {
      entities: { from: number; to: number };
      after?: LinePosition;
      limit: number;
    },
    access: StatementAccess,
  ): Promise<{ lines: LineRecord[]; last?: LinePosition }> {
    const { entities, after, limit } = options;
    const query = this.#lines()
      .where('line.statement_id', statementId)
      .where('line.entity_id', '>=', entities.from)
      .where('line.entity_id', '<=', entities.to)
      .orderBy(KEY.map(column => `line.${column}`))
      .limit(limit)
      .select(
        'line.statement_id',
        ...KEY.map(column => `line.${column}`),
        this.#knex.raw('cast(line.effective as text) as effective'),
        this.#knex.raw('cast(line.billed as text) as billed'),
      );
    whereReadable(query, access);
    if (after) {
      query.whereRaw(
        `(${KEY.map(column => `line.${column}`).join(', ')}) > (?, ?, ?, ?, ?)`,
        [...after],
      );
    }
    const rows: Row[] = await query;
    const last = rows.at(-1);
    return {
      lines: rows.map(row => toLine(row, row.effective, row.billed)),
      ...(last &&
        rows.length === limit && {
          last: KEY.map(column => Number(last[column])) as never,
        }),
    };
  }

  /** The lines of one entity over several statements, added up. */
  async linesOf(
    statements: readonly number[],
    entityId: number,
  ): Promise<LineRecord[]> {
    const rows = await this.#lines()
      .whereIn('line.statement_id', [...statements])
      .where('line.entity_id', entityId)
      .groupBy(
        ...KEY.map(column => `line.${column}`),
        'environment.name',
        'service.provider',
        'service.name',
        'charge_kind.category',
        'charge_kind.correction',
        'charge_kind.commitment',
        'currency.code',
      )
      .select(...KEY.map(column => `line.${column}`), ...this.#amounts());
    return rows.map(row => {
      const { effective, billed } = toAmounts(row);
      return toLine(row, effective, billed);
    });
  }

  #lines(): Knex.QueryBuilder {
    return this.#knex('statement_line as line')
      .join('entity', 'entity.id', 'line.entity_id')
      .join('environment', 'environment.id', 'line.environment_id')
      .join('service', 'service.id', 'line.service_id')
      .join('charge_kind', 'charge_kind.id', 'line.charge_kind_id')
      .join('currency', 'currency.id', 'line.currency_id')
      .select({
        environment: 'environment.name',
        provider: 'service.provider',
        service: 'service.name',
        category: 'charge_kind.category',
        correction: 'charge_kind.correction',
        commitment: 'charge_kind.commitment',
        code: 'currency.code',
      });
  }

  /** Whole units and nanos apart, as text: sums are past what either database or driver holds in a number. */
  #amounts(): Knex.Raw[] {
    return ['effective', 'billed'].flatMap(basis => [
      this.#knex.raw(
        `cast(sum(line.${basis} / ${NANOS}) as text) as ${basis}_units`,
      ),
      this.#knex.raw(
        `cast(sum(line.${basis} % ${NANOS}) as text) as ${basis}_nanos`,
      ),
    ]);
  }
}

/** Entities by the caller's rights; buckets where they may read these. */
function whereReadable(
  query: Knex.QueryBuilder,
  { readable, buckets }: StatementAccess,
): void {
  query.where(either =>
    either
      .where(entities => {
        entities.whereNot('entity.kind', 'bucket');
        whereEntity(entities, readable);
      })
      .orWhereIn('entity.id', [...buckets]),
  );
}

type Row = Record<string, unknown>;

function toAmounts(row: Row): { effective: bigint; billed: bigint } {
  const nanos = (basis: string) =>
    BigInt(String(row[`${basis}_units`])) * NANOS +
    BigInt(String(row[`${basis}_nanos`]));
  return { effective: nanos('effective'), billed: nanos('billed') };
}

function toLine(row: Row, effective: unknown, billed: unknown): LineRecord {
  return {
    statementId: Number(row.statement_id),
    entityId: Number(row.entity_id),
    environment: String(row.environment),
    provider: String(row.provider),
    service: String(row.service),
    category: String(row.category),
    correction: Boolean(row.correction),
    commitment: String(row.commitment),
    currency: String(row.code),
    effective: BigInt(String(effective)),
    billed: BigInt(String(billed)),
  };
}
