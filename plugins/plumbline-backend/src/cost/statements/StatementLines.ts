import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import {
  MAX_BATCH,
  RowAmountError,
  type PlumblineDatabase,
} from '../../database';
import { nameAmount } from '../materialise/nameAmount';
import {
  addSums,
  SumRuleError,
  type SumsByCurrency,
} from '../materialise/costSums';
import { lineRanges, type EntityRange, type LineSources } from './lineRanges';

const KEY =
  'entity_id, environment_id, service_id, currency_id, charge_kind_id';
const ENTITY = 'ref, kind, title, owner_ref, system_ref, domain_ref';
const NANOS = 1_000_000_000n;
/** A line of as many whole units may not fit. */
const MOST_UNITS = 9_223_372_036n;

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
   * @throws SumRuleError when one is more than a row holds
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
      try {
        lines += await this.#writeRange(options.statementId, sources, range);
      } catch (error) {
        if (error instanceof RowAmountError) {
          const opening = `${options.month} stays open`;
          const named = await nameAmount(this.#database, opening, error);
          throw new SumRuleError(named.message);
        }
        throw error;
      }
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
      ? `having ${together('effective')} <> 0 or ${together('billed')} <> 0`
      : '';
    await this.#assertFit(parts.join(' union all '));
    let written = 0;
    for (;;) {
      const rows = await this.#database.query(
        `insert into statement_line (statement_id, ${KEY}, effective, billed)
         select ${statementId}, ${KEY}, ${together('effective')}, ${together(
          'billed',
        )}
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

  /** @throws RowAmountError when a line is more than a row holds, which the databases would say in their own words */
  async #assertFit(lines: string): Promise<void> {
    const bases = ['effective', 'billed'];
    const [line] = await this.#database.query(
      `select entity_id, service_id, currency_id from (
         select ${KEY}, ${bases
        .flatMap(basis => [
          `sum(${basis} / ${NANOS}) as ${basis}_units`,
          `sum(${basis} % ${NANOS}) as ${basis}_nanos`,
        ])
        .join(', ')}
         from (${lines}) as line group by ${KEY}
       ) as summed
       where ${bases
         .map(
           basis =>
             `abs(${basis}_units + ${basis}_nanos / ${NANOS}) >= ${MOST_UNITS}`,
         )
         .join(' or ')}
       limit 1`,
    );
    if (line) {
      throw new RowAmountError({
        entity: Number(line.entity_id),
        service: Number(line.service_id),
        currency: Number(line.currency_id),
      });
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

/** A sum that fits, of amounts that add up to more on the way. */
function together(basis: string): string {
  return `cast(sum(${basis} / ${NANOS}) as bigint) * ${NANOS} + cast(sum(${basis} % ${NANOS}) as bigint)`;
}

function nanosOf(units: unknown, nanos: unknown): bigint {
  return BigInt(String(units)) * NANOS + BigInt(String(nanos));
}
