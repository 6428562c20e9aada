import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { MAX_BATCH, type PlumblineDatabase } from '../../database';
import { addSums, type SumsByCurrency } from '../materialise/costSums';
import { lineRanges, type EntityRange, type LineSources } from './lineRanges';

const KEY =
  'entity_id, environment_id, service_id, currency_id, charge_kind_id';
const ENTITY = 'ref, kind, title, owner_ref, system_ref, domain_ref';
const NANOS = 1_000_000_000n;

/**
 * The lines of statements, and the entities they name. Lines are only ever added, under a statement that nobody
 * sees yet.
 *
 * @internal
 */
export class StatementLines {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): StatementLines {
    return new StatementLines(options.database);
  }

  /**
   * Writes what the live generations have beyond what was stated: everything where nothing was, else only the
   * differences, none where there are none.
   *
   * @returns how many lines
   */
  async write(options: {
    statementId: number;
    month: Month;
    live: LineSources['generations'];
    stated: LineSources['statements'];
    signal?: AbortSignal;
  }): Promise<number> {
    const sources = { generations: options.live, statements: options.stated };
    let lines = 0;
    for await (const range of lineRanges(this.#database, sources)) {
      options.signal?.throwIfAborted();
      lines += await this.#writeRange(options.statementId, sources, range);
      await this.#writeEntities(options.statementId, options.month, range);
    }
    return lines;
  }

  /** What the lines of statements add up to, as they lie in the database. */
  async sums(statements: readonly number[]): Promise<SumsByCurrency> {
    const sums: SumsByCurrency = new Map();
    for await (const [after, to] of lineRanges(this.#database, {
      generations: [],
      statements,
    })) {
      const rows = await this.#database.query(
        `select currency_id, ${['effective', 'billed']
          .map(
            basis =>
              `cast(sum(${basis} / ${NANOS}) as text) as ${basis}_units,
               cast(sum(${basis} % ${NANOS}) as text) as ${basis}_nanos`,
          )
          .join(', ')}
         from statement_line
         where statement_id in (${statements.join(', ')})
           and entity_id > ? and entity_id <= ?
         group by currency_id`,
        [after, to],
      );
      for (const row of rows) {
        addSums(
          sums,
          Number(row.currency_id),
          nanosOf(row.effective_units, row.effective_nanos),
          nanosOf(row.billed_units, row.billed_nanos),
        );
      }
    }
    return sums;
  }

  /** Deletes lines and entities of a statement that was given up. */
  async delete(statementId: number): Promise<void> {
    for (const [table, key] of [
      ['statement_line', `statement_id, ${KEY}`],
      ['statement_entity', 'statement_id, entity_id'],
    ]) {
      const rowKey = this.#database.dialect.rowKey(key.split(', '));
      const columns = rowKey.replace(/[()]/g, '');
      let deleted: number;
      do {
        const rows = await this.#database.query(
          `delete from ${table} where ${rowKey} in (
             select ${columns} from ${table} where statement_id = ? limit ?
           ) returning 1 as one`,
          [statementId, MAX_BATCH],
        );
        deleted = rows.length;
        await this.#database.breathe();
      } while (deleted === MAX_BATCH);
    }
  }

  async #writeRange(
    statementId: number,
    { generations, statements }: LineSources,
    [after, to]: EntityRange,
  ): Promise<number> {
    const within = `entity_id > ${after} and entity_id <= ${to}`;
    const parts = [
      ...(generations.length
        ? [
            `select ${KEY}, effective, billed from entity_cost_monthly
             where generation_id in (${generations.join(', ')}) and ${within}`,
          ]
        : []),
      ...(statements.length
        ? [
            `select ${KEY}, -effective, -billed from statement_line
             where statement_id in (${statements.join(', ')}) and ${within}`,
          ]
        : []),
    ];
    // What costs nothing is stated too; a difference of nothing is none.
    const having = statements.length
      ? 'having sum(effective) <> 0 or sum(billed) <> 0'
      : '';
    let written = 0;
    for (;;) {
      const rows = await this.#database.query(
        `insert into statement_line (statement_id, ${KEY}, effective, billed)
         select ${statementId}, ${KEY}, sum(effective), sum(billed)
         from (${parts.join(' union all ')}) as line
         group by ${KEY} ${having}
         order by ${KEY} limit ${MAX_BATCH} offset ${written}
         returning 1 as one`,
      );
      written += rows.length;
      if (rows.length < MAX_BATCH) {
        return written;
      }
      await this.#database.breathe();
    }
  }

  /** Entities as they are now; those that the month has named before stay as they were then. */
  async #writeEntities(
    statementId: number,
    month: Month,
    [after, to]: EntityRange,
  ): Promise<void> {
    await this.#database.query(
      `insert into statement_entity (statement_id, entity_id, ${ENTITY})
       select ${statementId}, entity.id, ${ENTITY} from entity
       where entity.id > ? and entity.id <= ?
         and exists (
           select 1 from statement_line line
           where line.statement_id = ? and line.entity_id = entity.id
         )
         and not exists (
           select 1 from statement
           join statement_entity named on named.statement_id = statement.id
           where statement.month = ? and statement.number is not null
             and named.entity_id = entity.id
         )`,
      [after, to, statementId, month],
    );
  }
}

function nanosOf(units: unknown, nanos: unknown): bigint {
  return BigInt(String(units)) * NANOS + BigInt(String(nanos));
}
