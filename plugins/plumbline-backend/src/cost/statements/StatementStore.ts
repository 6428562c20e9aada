import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type {
  Month,
  Restatement,
  StatementAmount,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import { instantFromDatabase, type PlumblineDatabase } from '../../database';
import { StatementLines } from './StatementLines';

/** Longer than this nobody prepares a statement: the process has died. */
const GRACE_MS = 60 * 60 * 1000;

/** What led to a statement. @internal */
export type Occasion = 'schedule' | 'history' | 'hand' | 'restatement';

/** What a source did that a statement is of. @internal */
export type Cause =
  | Restatement['causes'][number]
  | { source: string; cause: 'stated' };

/** A statement that nobody sees yet. @internal */
export interface Draft {
  id: number;
  month: Month;
  ticket: string;
}

/** What a statement says of itself once it is seen. @internal */
export interface StatementFacts {
  /** 0 at closing. */
  number: number;
  statedAt: Date;
  occasion: Occasion;
  statedBy?: string;
  reason?: string;
  obstacles: readonly string[];
  causes: readonly Cause[];
  totals: readonly StatementAmount[];
}

/** A statement as readers see it. @internal */
export interface StatementRecord extends StatementFacts {
  id: number;
  month: Month;
}

/**
 * The statements of closed months: drafts, which nobody sees, and published ones, which never change.
 *
 * @internal
 */
export class StatementStore {
  readonly #database: PlumblineDatabase;
  readonly #lines: StatementLines;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
    this.#lines = StatementLines.create({ database });
  }

  static create(options: { database: PlumblineDatabase }): StatementStore {
    return new StatementStore(options.database);
  }

  /** Opens a statement that lines can be written under. */
  async open(month: Month, occasion: Occasion, now: Date): Promise<Draft> {
    const ticket = randomUUID();
    const [{ id }] = await this.#database
      .knex('statement')
      .insert({
        month,
        ticket,
        occasion,
        prepared_at: now,
        obstacles: '[]',
        causes: '[]',
        totals: '[]',
      })
      .returning('id');
    return { id, month, ticket };
  }

  /**
   * Makes a draft visible, for good.
   *
   * @throws ConflictError when it was given up meanwhile
   */
  async publish(
    draft: Draft,
    facts: StatementFacts,
    trx: Knex.Transaction,
  ): Promise<void> {
    const published = await trx('statement')
      .where({ id: draft.id, ticket: draft.ticket })
      .whereNull('number')
      .update({
        number: facts.number,
        stated_at: facts.statedAt,
        occasion: facts.occasion,
        stated_by: facts.statedBy ?? null,
        reason: facts.reason ?? null,
        obstacles: JSON.stringify(facts.obstacles),
        causes: JSON.stringify(facts.causes),
        totals: JSON.stringify(facts.totals),
      });
    if (published !== 1) {
      throw new ConflictError(
        `Stating ${draft.month} took so long that it was given up; it is tried again by itself`,
      );
    }
  }

  /** How many statements of a month are published. */
  async count(month: Month, trx: Knex.Transaction): Promise<number> {
    const row = await trx('statement')
      .where({ month })
      .whereNotNull('number')
      .count({ count: '*' })
      .first();
    return Number(row?.count);
  }

  /** Takes a draft out of the way; from then on it cannot be published. */
  async giveUp(draft: Draft): Promise<void> {
    await this.#database
      .knex('statement')
      .where({ id: draft.id })
      .whereNull('number')
      .update({ ticket: '' });
    await this.clearAway(new Date(0));
  }

  /** Deletes drafts that were given up, by their process or by its death. */
  async clearAway(now: Date): Promise<void> {
    const { knex } = this.#database;
    await knex('statement')
      .whereNull('number')
      .where('prepared_at', '<', new Date(now.getTime() - GRACE_MS))
      .update({ ticket: '' });
    const ids: number[] = await knex('statement')
      .whereNull('number')
      .where({ ticket: '' })
      .pluck('id');
    for (const id of ids) {
      await this.#lines.delete(id);
      await knex('statement').where({ id }).whereNull('number').delete();
    }
  }

  /** The published statements of months, the oldest month and the first statement first. */
  async list(months: readonly Month[]): Promise<StatementRecord[]> {
    const rows = await this.#database
      .knex('statement')
      .whereIn('month', [...months])
      .whereNotNull('number')
      .orderBy(['month', 'number']);
    return rows.map(row => ({
      id: row.id,
      month: row.month,
      number: row.number,
      statedAt: instantFromDatabase(row.stated_at)!,
      occasion: row.occasion,
      statedBy: row.stated_by ?? undefined,
      reason: row.reason ?? undefined,
      obstacles: JSON.parse(row.obstacles),
      causes: JSON.parse(row.causes),
      totals: JSON.parse(row.totals),
    }));
  }
}
