import type { CostBatch } from '@plumbline/backstage-plugin-plumbline-node';
import type { Allocator } from '../../bindings/Allocator';
import { SourceContractError } from '../../collect/errors';
import type { PartOutcome, Sink } from '../../collect/Feed';
import { leaseHolds, LostTicketError, type Lease } from '../../collect/Lease';
import {
  decimalToNanos,
  isMonth,
  nanosToDecimal,
  type PlumblineDatabase,
} from '../../database';
import type { EntityCostMaterializer } from '../materialise';
import { SumRuleError, type SumsByCurrency } from '../materialise/costSums';
import { generationStands } from '../materialise/generations';
import { DimensionStore } from './DimensionStore';
import { keptInvoices, keptOrigins } from './origins';
import { PartitionWriter } from './PartitionWriter';

type Complete = Extract<CostBatch, { type: 'complete' }>;

/** @internal */
export interface CostSinkOptions {
  database: PlumblineDatabase;
  allocator: Allocator;
  materializer: EntityCostMaterializer;
  now?: () => Date;
}

/**
 * Takes what a cost source says: each partition becomes a generation of resource rows and one of entity rows,
 * and goes live by one update of the partition's pointers. Until then readers see what was there before.
 *
 * @internal
 */
export class CostSink implements Sink<CostBatch> {
  static create(options: CostSinkOptions): CostSink {
    return new CostSink(options);
  }

  private readonly database: PlumblineDatabase;
  private readonly now: () => Date;

  private constructor(private readonly options: CostSinkOptions) {
    this.database = options.database;
    this.now = options.now ?? (() => new Date());
  }

  async published(sourceKey: number): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database
      .knex('cost_partition')
      .where({ source_id: sourceKey })
      .whereNotNull('resource_generation')
      .whereNotNull('fingerprint')
      .select('month', 'fingerprint');
    return new Map(rows.map(row => [row.month, row.fingerprint]));
  }

  async *write(
    batches: AsyncIterable<CostBatch>,
    lease: Lease,
    signal: AbortSignal,
  ): AsyncGenerator<PartOutcome> {
    const dimensions = DimensionStore.create(this.options);
    try {
      yield* this.writePartitions(batches, dimensions, lease, signal);
    } finally {
      await dimensions.saveLastSeen();
    }
  }

  private async *writePartitions(
    batches: AsyncIterable<CostBatch>,
    dimensions: DimensionStore,
    lease: Lease,
    signal: AbortSignal,
  ): AsyncGenerator<PartOutcome> {
    let open: PartitionWriter | undefined;
    let last: PartitionWriter | undefined;
    try {
      for await (const batch of batches) {
        switch (batch.type) {
          case 'partition':
            if (open) {
              open.contract.breach(
                `partition ${batch.partition} begins before this one is complete`,
              );
            }
            checkMonth(lease, batch.partition);
            open = await PartitionWriter.open({
              database: this.database,
              dimensions,
              source: lease.source,
              sourceKey: lease.sourceKey,
              ticket: lease.ticket,
              month: batch.partition,
              now: this.now(),
            });
            last = open;
            break;
          case 'resources':
            await needOpen(open, lease, batch).addResources(batch.resources);
            break;
          case 'services':
            await needOpen(open, lease, batch).addServices(batch.services);
            break;
          case 'rows':
            await needOpen(open, lease, batch).addRows(batch.rows);
            break;
          case 'complete':
            yield await this.complete(
              needOpen(open, lease, batch),
              batch,
              lease,
              signal,
            );
            open = undefined;
            break;
          case 'failed':
          case 'unchanged':
            await open?.settled();
            if (open && open.month !== batch.partition) {
              open.contract.breach(
                `partition ${batch.partition} is ${batch.type} while this one is open`,
              );
            }
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
    } finally {
      await last?.settled();
    }
  }

  private async complete(
    writer: PartitionWriter,
    batch: Complete,
    lease: Lease,
    signal: AbortSignal,
  ): Promise<PartOutcome> {
    if (batch.partition !== writer.month) {
      writer.contract.breach(`completed as partition ${batch.partition}`);
    }
    const { partition, cursor, problems } = batch;
    const fault =
      (await writer.close(batch.totals)) ??
      (await this.goLive(writer, batch, lease, signal));
    return fault === undefined
      ? {
          partition,
          outcome: 'published',
          rows: batch.rowsRead,
          problems,
          cursor,
        }
      : {
          partition,
          outcome: 'failed',
          rows: 0,
          problems: [
            ...problems,
            { severity: 'error', message: fault, partition },
          ],
          cursor,
        };
  }

  /** @returns a sentence where the partition must not go live */
  private async goLive(
    writer: PartitionWriter,
    batch: Complete,
    lease: Lease,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const bindingsVersion = await this.options.allocator.refresh({ signal });
    try {
      const { generation, sums } = await this.options.materializer.materialise({
        partitionId: writer.partitionId,
        resourceGeneration: writer.generation,
        ticket: lease.ticket,
        rows: writer.kept,
        signal,
      });
      await this.checkSums(writer, batch, sums);
      signal.throwIfAborted();
      await this.publish(writer, batch, lease, generation, bindingsVersion);
      return undefined;
    } catch (error) {
      if (error instanceof SumRuleError) {
        return error.message;
      }
      throw error;
    }
  }

  /** The sum rule, on what really lies in the database. */
  private async checkSums(
    writer: PartitionWriter,
    batch: Complete,
    sums: SumsByCurrency,
  ): Promise<void> {
    const codes = await this.database.knex('currency').select('id', 'code');
    const ids = new Map(codes.map(({ id, code }) => [code, id]));
    for (const total of batch.totals) {
      const stored = sums.get(ids.get(total.currency));
      for (const basis of ['effective', 'billed'] as const) {
        // Rounding was made good for by a row of its own: not a nano may be missing.
        const exact = decimalToNanos(total[basis]);
        const sum = stored?.[basis] ?? 0n;
        if (sum !== exact) {
          throw new SumRuleError(
            `Partition ${writer.month}: the stored rows in ${
              total.currency
            } are ${nanosToDecimal(sum - exact)} away from the ${basis} total ${
              total[basis]
            }`,
          );
        }
      }
    }
  }

  private async publish(
    writer: PartitionWriter,
    batch: Complete,
    lease: Lease,
    entityGeneration: number,
    bindingsVersion: number,
  ): Promise<void> {
    const { knex } = this.database;
    const count = await knex('cost_partition')
      .where({ id: writer.partitionId })
      .whereExists(leaseHolds(knex, lease))
      .whereExists(
        generationStands(this.database, writer.generation, lease.ticket),
      )
      .whereExists(
        generationStands(this.database, entityGeneration, lease.ticket),
      )
      .update({
        resource_generation: writer.generation,
        entity_generation: entityGeneration,
        fingerprint: batch.fingerprint,
        first_day: writer.days.first ?? null,
        first_usage_day: writer.firstUsageDay ?? null,
        last_day: writer.days.last ?? null,
        data_through: batch.dataThrough ?? null,
        rows_read: batch.rowsRead,
        totals: JSON.stringify(batch.totals),
        origins: keptOrigins(batch) ?? null,
        invoices: keptInvoices(batch) ?? null,
        published_at: this.now(),
        bindings_version: bindingsVersion,
      });
    if (count !== 1) {
      throw LostTicketError.of(lease);
    }
  }
}

function checkMonth(lease: Lease, month: string): void {
  if (!isMonth(month)) {
    throw new SourceContractError(
      `Source '${lease.source}' begins a partition '${month}', which is no month (YYYY-MM)`,
    );
  }
}

function needOpen(
  open: PartitionWriter | undefined,
  lease: Lease,
  batch: CostBatch,
): PartitionWriter {
  if (!open) {
    throw new SourceContractError(
      `Source '${lease.source}' sent '${batch.type}' outside of a partition`,
    );
  }
  return open;
}
