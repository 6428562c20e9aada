import type {
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import type {
  CostSource,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { Allocator } from './bindings';
import {
  CollectionRunner,
  CollectionStore,
  createFeed,
  Janitor,
  SourceControl,
  SourceDetailsStore,
} from './collect';
import { CoverageTask } from './cost/coverage';
import { CostSink } from './cost/ingest';
import { EntityCostMaterializer } from './cost/materialise';
import { readSplitConfig, ShareRules } from './cost/split';
import { StatementsTask, type ClosingCalendar } from './cost/statements';
import type { SourceStatuses } from './cost';
import type { PlumblineDatabase } from './database';
import { UsageSink } from './usage/ingest';

/** Everything that brings data in. @internal */
export interface Collection {
  statuses: SourceStatuses;
  sources: SourceDetailsStore;
  control: SourceControl;
  materializer: EntityCostMaterializer;
  /** Schedules the sources, the rebuild after changes of bindings, the closing of months, and the clearing away. */
  start(scheduler: SchedulerService): Promise<void>;
}

/** Joins the sources with the runner and the tables they fill. @internal */
export function createCollection(options: {
  config: RootConfigService;
  logger: LoggerService;
  lifecycle: LifecycleService;
  scheduler: SchedulerService;
  database: PlumblineDatabase;
  costSources: readonly CostSource[];
  usageSources: readonly UsageSource[];
  allocator: Allocator;
  calendar: ClosingCalendar;
}): Collection {
  const { config, database, costSources, usageSources, allocator } = options;
  const materializer = EntityCostMaterializer.create({
    database,
    restatedMonths: id =>
      costSources.find(source => source.id === id)?.restatedMonths ?? 0,
  });
  const rules = ShareRules.create({
    ...options,
    config: readSplitConfig(config),
  });
  const sink = CostSink.create({ database, allocator, materializer });
  const usageSink = UsageSink.create({ database });
  const feeds = [
    ...costSources.map(source => createFeed({ source, domain: 'cost', sink })),
    ...usageSources.map(source =>
      createFeed({ source, domain: 'usage', sink: usageSink }),
    ),
  ];
  const runner = CollectionRunner.create(options);
  const janitor = Janitor.create(options);
  const coverage = CoverageTask.create(options);
  const statuses = CollectionStore.create({
    database,
    feeds,
    staleAfter: optionalDuration(config, 'plumbline.collect.staleAfter'),
    dataStaleAfter: optionalDuration(
      config,
      'plumbline.collect.dataStaleAfter',
    ),
  });
  const statements = StatementsTask.create({ ...options, materializer });
  return {
    materializer,
    statuses,
    sources: SourceDetailsStore.create({ database, feeds, statuses }),
    control: SourceControl.create({ ...options, statuses }),
    async start(scheduler) {
      // What is collected first is shared out already.
      await rules.sync();
      await runner.schedule(feeds, scheduler);
      await janitor.schedule(scheduler);
      await coverage.schedule(scheduler);
      await statements.schedule(scheduler);
      // Cheap while nothing changed; as a task of its own it also goes on after a crash.
      await scheduler.scheduleTask({
        id: 'plumbline-rebuild',
        frequency: { seconds: 30 },
        initialDelay: { seconds: 15 },
        timeout: { minutes: 15 },
        scope: 'global',
        fn: async signal => {
          await rules.sync();
          await materializer.rebuild({ signal });
        },
      });
    },
  };
}

function optionalDuration(config: RootConfigService, key: string) {
  return config.has(key) ? readDurationFromConfig(config, { key }) : undefined;
}
