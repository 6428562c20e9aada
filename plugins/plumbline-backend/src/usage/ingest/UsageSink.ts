import type { UsageBatch } from '@plumbline/backstage-plugin-plumbline-node';
import type { Knex } from 'knex';
import { growBindingsVersion } from '../../bindings/StateStore';
import { SourceContractError } from '../../collect/errors';
import type { PartOutcome, Sink } from '../../collect/Feed';
import { leaseHolds, LostTicketError, type Lease } from '../../collect/Lease';
import { metricsOfRules } from '../../cost/split/RuleStore';
import type { PlumblineDatabase } from '../../database';
import { UsageWriter } from './UsageWriter';

type Complete = Extract<UsageBatch, { type: 'complete' }>;

/**
 * Takes what a usage source says: each partition becomes a generation of rows and goes live by one update of the
 * partition's pointer. Until then readers see what was there before.
 *
 * @internal
 */
export class UsageSink implements Sink<UsageBatch> {
  static create(options: {
    database: PlumblineDatabase;
    now?: () => Date;
  }): UsageSink {
    return new UsageSink(options.database, options.now ?? (() => new Date()));
  }

  private constructor(
    private readonly database: PlumblineDatabase,
    private readonly now: () => Date,
  ) {}

  async published(sourceKey: number): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database
      .knex('usage_partition')
      .where({ source_id: sourceKey })
      .whereNotNull('generation')
      .whereNotNull('fingerprint')
      .select('month', 'fingerprint');
    return new Map(rows.map(row => [row.month, row.fingerprint]));
  }

  async *write(
    batches: AsyncIterable<UsageBatch>,
    lease: Lease,
    signal: AbortSignal,
  ): AsyncGenerator<PartOutcome> {
    let open: UsageWriter | undefined;
    for await (const batch of batches) {
      switch (batch.type) {
        case 'partition':
          open?.contract.breach(
            `partition ${batch.partition} begins before this one is complete`,
          );
          open = await UsageWriter.open({
            database: this.database,
            lease,
            month: batch.partition,
            now: this.now(),
          });
          break;
        case 'rows':
          await needOpen(open, lease, batch).addRows(batch.rows);
          break;
        case 'complete':
          signal.throwIfAborted();
          yield await this.publish(needOpen(open, lease, batch), batch, lease);
          open = undefined;
          break;
        case 'failed':
        case 'unchanged':
          checkClosing(open, batch.partition, batch.type);
          open = undefined;
          yield {
            partition: batch.partition,
            outcome: batch.type,
            rows: 0,
            problems: batch.type === 'failed' ? batch.problems : [],
            cursor: batch.cursor,
          };
          break;
        default:
          throw new SourceContractError(
            `Source '${lease.source}' sent a batch of unknown type '${
              (batch as { type: unknown }).type
            }'`,
          );
      }
    }
    open?.contract.breach('the source ended before this partition did');
  }

  private async publish(
    writer: UsageWriter,
    batch: Complete,
    lease: Lease,
  ): Promise<PartOutcome> {
    checkClosing(writer, batch.partition, 'complete');
    const { knex } = this.database;
    await knex.transaction(async trx => {
      const before = await trx('usage_partition')
        .where({ id: writer.partitionId })
        .first('generation');
      const count = await trx('usage_partition')
        .where({ id: writer.partitionId })
        .whereExists(leaseHolds(knex, lease))
        .whereExists(
          knex('usage_generation')
            .select(knex.raw('1'))
            .where({ id: writer.generation, ticket: lease.ticket })
            .forShare(),
        )
        .update({
          generation: writer.generation,
          fingerprint: batch.fingerprint,
          data_through: batch.dataThrough ?? null,
          rows_read: batch.rowsRead,
          published_at: this.now(),
        });
      if (count !== 1) {
        throw LostTicketError.of(lease);
      }
      // Cost that is shared out by these figures was shared out by others.
      if (await sharesBy(trx, [writer.generation, before?.generation])) {
        await growBindingsVersion(trx);
      }
    });
    return {
      partition: batch.partition,
      outcome: 'published',
      rows: batch.rowsRead,
      problems: batch.problems,
      cursor: batch.cursor,
    };
  }
}

/** Whether a rule that stands shares cost out by a metric that one of the generations has values of. */
async function sharesBy(
  trx: Knex.Transaction,
  generations: readonly (number | null | undefined)[],
): Promise<boolean> {
  const metrics = await metricsOfRules(trx);
  if (metrics.length === 0) {
    return false;
  }
  const found = await trx('usage_metric')
    .whereIn('name', metrics)
    .whereExists(
      trx('usage_daily')
        .select(trx.raw('1'))
        .whereIn(
          'generation_id',
          generations.filter(id => typeof id === 'number'),
        )
        .whereRaw('usage_daily.metric_id = usage_metric.id'),
    )
    .first('id');
  return found !== undefined;
}

function checkClosing(
  open: UsageWriter | undefined,
  partition: string,
  type: string,
): void {
  if (open && open.month !== partition) {
    open.contract.breach(
      `partition ${partition} is ${type} while this one is open`,
    );
  }
}

function needOpen(
  open: UsageWriter | undefined,
  lease: Lease,
  batch: UsageBatch,
): UsageWriter {
  if (!open) {
    throw new SourceContractError(
      `Source '${lease.source}' sent '${batch.type}' outside of a partition`,
    );
  }
  return open;
}
