import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type {
  SourceProblem,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { CollectContext } from '@plumbline/backstage-plugin-plumbline-node';
import { abortable } from './abortable';
import type { Lease } from './Lease';

/** What became of one partition. @internal */
export interface PartOutcome {
  partition: string;
  outcome: 'published' | 'unchanged' | 'failed';
  /** Lines that were taken. */
  rows: number;
  problems: SourceProblem[];
  /** Where to resume after this partition. */
  cursor: string;
}

/** Stores what one kind of source says. @internal */
export interface Sink<TBatch> {
  /** Fingerprint of each live partition of a source. */
  published(sourceKey: number): Promise<ReadonlyMap<string, string>>;
  /**
   * Stores partitions as they come and makes each live by one guarded update.
   *
   * @throws LostTicketError when another slice took over
   * @throws SourceContractError when the source breaks its contract
   */
  write(
    batches: AsyncIterable<TBatch>,
    lease: Lease,
    signal: AbortSignal,
  ): AsyncIterable<PartOutcome>;
}

/** What every source says of itself. @internal */
export interface SourceDescription {
  readonly id: string;
  readonly title: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  readonly paidCallsPerDay: number;
  readonly restatedMonths: number;
}

/** A source of any kind together with its sink: all the runner knows of either. @internal */
export interface Feed {
  readonly source: SourceDescription;
  readonly domain: SourceStatus['domain'];
  published(sourceKey: number): Promise<ReadonlyMap<string, string>>;
  collect(context: CollectContext, lease: Lease): AsyncIterable<PartOutcome>;
}

/** Joins a source with the sink of its kind. @internal */
export function createFeed<TBatch>(options: {
  source: SourceDescription & {
    collect(context: CollectContext): AsyncIterable<TBatch>;
  };
  domain: SourceStatus['domain'];
  sink: Sink<TBatch>;
}): Feed {
  const { source, domain, sink } = options;
  return {
    source,
    domain,
    published: sourceKey => sink.published(sourceKey),
    collect: (context, lease) =>
      sink.write(
        abortable(source.collect(context), context.signal),
        lease,
        context.signal,
      ),
  };
}
