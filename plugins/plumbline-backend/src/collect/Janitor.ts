import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { REBUILD_TICKET } from '../cost/materialise/generations';
import {
  addMonths,
  BUCKET_COST,
  ENTITY_COST_DAILY,
  ENTITY_COST_MONTHLY,
  ENTITY_SHARE_DAILY,
  ENTITY_SHARE_MONTHLY,
  firstDayOfMonth,
  instantOfDay,
  MAX_BATCH,
  monthOfInstant,
  RESOURCE_COST_DAILY,
  USAGE_DAILY,
  type PlumblineDatabase,
} from '../database';
import { KEPT_MONTHS } from './window';

/** Months that runs and paid calls are kept. */
const LEDGER_MONTHS = 13;

/** How long a rebuild may take for a partition: it has no source's ticket that would say that it is at work. */
const GRACE_MS = 60 * 60 * 1000;

/**
 * Clears away what nobody can see any more, in batches, so that readers never wait.
 *
 * @internal
 */
export class Janitor {
  static create(options: {
    database: PlumblineDatabase;
    logger: LoggerService;
    now?: () => Date;
  }): Janitor {
    return new Janitor(
      options.database,
      options.logger,
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly logger: LoggerService,
    private readonly now: () => Date,
  ) {}

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-janitor',
      frequency: { minutes: 15 },
      initialDelay: { minutes: 2 },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: signal => this.clean(signal),
    });
  }

  /** One round; what a round that was stopped leaves, the next one takes. */
  async clean(signal?: AbortSignal): Promise<void> {
    await this.forgetLedger();
    await this.forgetOldDays(signal);
    const generations = await this.giveUpGenerations();
    for (const generation of generations) {
      signal?.throwIfAborted();
      for (const table of [
        RESOURCE_COST_DAILY,
        ENTITY_COST_DAILY,
        ENTITY_COST_MONTHLY,
        ENTITY_SHARE_DAILY,
        ENTITY_SHARE_MONTHLY,
        BUCKET_COST,
      ]) {
        await this.deleteRows(table, generation, signal);
      }
      await this.database.knex('generation').where({ id: generation }).delete();
    }
    await this.sweepUsage(signal);
    if (generations.length > 0) {
      this.logger.debug(`Swept ${generations.length} old generations`);
    }
  }

  /**
   * Takes the ticket from every generation that no partition points at and no slice can be writing. From then
   * on it can't be published, whatever its writer still does.
   */
  private async giveUpGenerations(): Promise<number[]> {
    const { knex } = this.database;
    await knex.raw(
      `update generation set ticket = ''
       where (ticket not like ? or created_at < ?)
         and not exists (
           select 1 from cost_partition p
           where p.id = generation.partition_id
             and (p.resource_generation = generation.id or p.entity_generation = generation.id)
         )
         and not exists (select 1 from source s where s.ticket = generation.ticket)`,
      [`${REBUILD_TICKET}%`, new Date(this.now().getTime() - GRACE_MS)],
    );
    return knex('generation').where({ ticket: '' }).orderBy('id').pluck('id');
  }

  /** The same for business metrics, which no rebuild ever writes. */
  private async sweepUsage(signal: AbortSignal | undefined): Promise<void> {
    const { knex } = this.database;
    const oldest = addMonths(monthOfInstant(this.now()), 1 - KEPT_MONTHS);
    await knex('usage_partition')
      .where('month', '<', oldest)
      .whereNotNull('generation')
      .update({ generation: null, fingerprint: null });
    await knex.raw(
      `update usage_generation set ticket = ''
       where not exists (
           select 1 from usage_partition p
           where p.id = usage_generation.partition_id and p.generation = usage_generation.id
         )
         and not exists (select 1 from source s where s.ticket = usage_generation.ticket)`,
    );
    for (const id of await knex('usage_generation')
      .where({ ticket: '' })
      .orderBy('id')
      .pluck('id')) {
      await this.deleteRows(USAGE_DAILY, id, signal);
      await knex('usage_generation').where({ id }).delete();
    }
  }

  private async deleteRows(
    table: { name: string; primaryKey: readonly string[] },
    generation: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const key = this.database.dialect.rowKey(table.primaryKey);
    const columns = key.replace(/[()]/g, '');
    for (;;) {
      signal?.throwIfAborted();
      const rows = await this.database.query(
        `delete from ${table.name} where ${key} in (
           select ${columns} from ${table.name} where generation_id = ? limit ?
         ) returning 1 as one`,
        [generation, MAX_BATCH],
      );
      await this.database.breathe();
      if (rows.length < MAX_BATCH) {
        return;
      }
    }
  }

  /** Daily cost is kept for a while, monthly cost for good. */
  private async forgetOldDays(signal: AbortSignal | undefined): Promise<void> {
    const { knex } = this.database;
    const oldest = addMonths(monthOfInstant(this.now()), 1 - KEPT_MONTHS);
    const old = await knex('cost_partition')
      .where('month', '<', oldest)
      .whereNotNull('resource_generation')
      .select('id', 'entity_generation');
    for (const partition of old) {
      if (partition.entity_generation !== null) {
        for (const table of [
          ENTITY_COST_DAILY,
          ENTITY_SHARE_DAILY,
          BUCKET_COST,
        ]) {
          await this.deleteRows(table, partition.entity_generation, signal);
        }
      }
      await knex('cost_partition')
        .where({ id: partition.id })
        .update({ resource_generation: null });
    }
  }

  private async forgetLedger(): Promise<void> {
    const { knex } = this.database;
    const month = addMonths(monthOfInstant(this.now()), -LEDGER_MONTHS);
    const day = firstDayOfMonth(month);
    await knex('paid_call').where('day', '<', day).delete();
    await knex('collection_run')
      .where('started_at', '<', instantOfDay(day))
      .whereNot({ state: 'running' })
      .delete();
  }
}
