import { randomUUID } from 'node:crypto';
import type { PlumblineDatabase } from '../database';
import type { SourceDescription } from './Feed';
import type { Lease } from './Lease';

/** The `source` table: who is registered, and who may write. @internal */
export class SourceStore {
  static create(options: { database: PlumblineDatabase }): SourceStore {
    return new SourceStore(options.database);
  }

  private constructor(private readonly database: PlumblineDatabase) {}

  /** Registers a source; gives its row. */
  async register(source: SourceDescription, domain: string): Promise<number> {
    const [row] = await this.database
      .knex('source')
      .insert({ source_id: source.id, domain })
      .onConflict('source_id')
      .merge({ domain, retired_at: null })
      .returning('id');
    return row.id;
  }

  /** Takes every other source's figures out of sight; they come back when it is set up again. */
  async retireAllBut(sourceIds: readonly string[], now: Date): Promise<void> {
    await this.database
      .knex('source')
      .whereNotIn('source_id', [...sourceIds])
      .whereNull('retired_at')
      .update({ retired_at: now });
  }

  /**
   * Takes the right to write; whoever had it before has lost it.
   *
   * @returns undefined while the source is paused
   */
  async takeTicket(
    source: string,
    sourceKey: number,
    now: Date,
  ): Promise<Lease | undefined> {
    const ticket = randomUUID();
    const taken = await this.database
      .knex('source')
      .where({ id: sourceKey })
      .whereNull('paused_at')
      .update({ ticket, ticket_taken_at: now });
    return taken === 1 ? { source, sourceKey, ticket } : undefined;
  }

  /** Lets a source rest; whoever is at work on it can write nothing more. A pause that stands stays as it is. */
  async pause(source: string, by: string, now: Date): Promise<void> {
    await this.database
      .knex('source')
      .where({ source_id: source })
      .whereNull('paused_at')
      .update({ paused_at: now, paused_by: by, ticket: null });
  }

  async isPaused(source: string): Promise<boolean> {
    const row = await this.database
      .knex('source')
      .where({ source_id: source })
      .whereNotNull('paused_at')
      .first('id');
    return row !== undefined;
  }

  async resume(source: string): Promise<void> {
    await this.database
      .knex('source')
      .where({ source_id: source })
      .update({ paused_at: null, paused_by: null });
  }

  /** Gives the right back, unless it was lost already. */
  async releaseTicket(lease: Lease): Promise<void> {
    await this.database
      .knex('source')
      .where({ id: lease.sourceKey, ticket: lease.ticket })
      .update({ ticket: null });
  }

  /** When the source last succeeded. */
  async lastSuccess(sourceKey: number): Promise<unknown> {
    const row = await this.database
      .knex('source')
      .where({ id: sourceKey })
      .first('last_success_at');
    return row?.last_success_at;
  }
}
