import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { BindingStore } from './bindings';
import type { SourceStatuses } from './cost';
import { BudgetEvaluator, BudgetTask, readBudgets } from './cost/budgets';
import { RatesTask, readCurrency } from './cost/currency';
import type { PlumblineDatabase } from './database';
import type { EntityStore } from './permissions';
import { OfDomain } from './status';

/** What judges budgets, and brings the rates of exchange. @internal */
export interface Budgets {
  /** Schedules both. */
  start(scheduler: SchedulerService): Promise<void>;
}

/**
 * Joins the budgets and the reporting currency that the operator set with the tasks that keep them up to date.
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
  urlReader: UrlReaderService;
}): Budgets {
  const task = BudgetTask.create({
    ...options,
    budgets: readBudgets(options.config),
    evaluator: BudgetEvaluator.create({
      ...options,
      statuses: OfDomain.create({ inner: options.statuses, domain: 'cost' }),
    }),
  });
  const currency = readCurrency(options.config);
  const rates = currency && RatesTask.create({ ...options, config: currency });
  return {
    async start(scheduler) {
      await task.schedule(scheduler);
      await rates?.schedule(scheduler);
    },
  };
}
