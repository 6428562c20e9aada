import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { BindingStore } from './bindings';
import type { SourceStatuses } from './cost';
import { BudgetEvaluator, BudgetTask, readBudgets } from './cost/budgets';
import type { PlumblineDatabase } from './database';
import type { EntityStore } from './permissions';
import { OfDomain } from './status';

/** What judges budgets. @internal */
export interface Budgets {
  /** Schedules their evaluation. */
  start(scheduler: SchedulerService): Promise<void>;
}

/**
 * Joins the budgets that the operator set with what judges them.
 *
 * @throws InputError when the configuration cannot be understood
 * @internal
 */
export function createBudgets(options: {
  config: RootConfigService;
  logger: LoggerService;
  database: PlumblineDatabase;
  entities: EntityStore;
  bindings: BindingStore;
  statuses: SourceStatuses;
}): Budgets {
  const task = BudgetTask.create({
    ...options,
    budgets: readBudgets(options.config),
    evaluator: BudgetEvaluator.create({
      ...options,
      statuses: OfDomain.create({ inner: options.statuses, domain: 'cost' }),
    }),
  });
  return { start: scheduler => task.schedule(scheduler) };
}
