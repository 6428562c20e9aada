import { createHash } from 'node:crypto';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { dayOfInstant, type PlumblineDatabase } from '../../database';
import type { BudgetEvaluator } from './BudgetEvaluator';
import { BudgetStore } from './BudgetStore';
import { RepositoryFiguresReader } from './RepositoryFiguresReader';
import type { BudgetDefinition, EvaluatedBudget } from './types';

/** Key of `plumbline_state`. */
const STATE_KEY = 'budgets_evaluated';

/** After so long budgets are evaluated again whatever changed: entities change their owner, and bills grow old. */
const MAX_AGE_MS = 15 * 60 * 1000;

/**
 * Evaluates the budgets after each publication, so that pages read the result.
 *
 * @internal
 */
export class BudgetTask {
  static create(options: {
    database: PlumblineDatabase;
    evaluator: BudgetEvaluator;
    /** What the operator set. */
    budgets: readonly BudgetDefinition[];
    logger: LoggerService;
    now?: () => Date;
  }): BudgetTask {
    return new BudgetTask(options);
  }

  private readonly store: BudgetStore;
  private readonly repositories: RepositoryFiguresReader;
  private readonly now: () => Date;

  private constructor(
    private readonly options: {
      database: PlumblineDatabase;
      evaluator: BudgetEvaluator;
      budgets: readonly BudgetDefinition[];
      logger: LoggerService;
      now?: () => Date;
    },
  ) {
    this.store = BudgetStore.create(options);
    this.repositories = RepositoryFiguresReader.create(options);
    this.now = options.now ?? (() => new Date());
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-budgets',
      frequency: { seconds: 30 },
      initialDelay: { seconds: 20 },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: signal => this.evaluate(signal),
    });
  }

  /** Cheap while nothing changed. */
  async evaluate(signal?: AbortSignal): Promise<void> {
    const definitions = await this.definitions();
    const now = this.now();
    const facts = await this.factsKey(definitions, now);
    if (await this.isUpToDate(facts, now)) {
      return;
    }
    const evaluated: EvaluatedBudget[] = [];
    for (const definition of definitions) {
      signal?.throwIfAborted();
      const budget = await this.options.evaluator.evaluate(
        definition,
        dayOfInstant(now),
      );
      if (budget) {
        evaluated.push(budget);
      }
      await this.options.database.breathe();
    }
    await this.store.replace(evaluated, now);
    await this.options.database
      .knex('plumbline_state')
      .insert({
        key: STATE_KEY,
        value: JSON.stringify({ facts, at: now.toISOString() }),
      })
      .onConflict('key')
      .merge(['value']);
    this.options.logger.debug(`Evaluated ${evaluated.length} budgets`);
  }

  private async definitions(): Promise<BudgetDefinition[]> {
    const figures = await this.repositories.list();
    return [
      ...this.options.budgets,
      ...[...figures].flatMap(([entityRef, { budgets }]) =>
        budgets.map(
          (budget): BudgetDefinition => ({
            origin: 'repository',
            entityRef,
            ...(budget.name && { name: budget.name }),
            ...(budget.environment && { environment: budget.environment }),
            amount: budget.amount,
            currency: budget.currency,
            period: 'month',
            basis: budget.basis ?? 'effective',
          }),
        ),
      ),
    ];
  }

  /** Changes when the definitions, the day, which of their entities there are, or the live figures do. */
  private async factsKey(
    definitions: readonly BudgetDefinition[],
    now: Date,
  ): Promise<string> {
    const live = await this.options.database
      .knex('cost_partition')
      .whereNotNull('entity_generation')
      .orderBy('id')
      .select('id', 'entity_generation');
    const present = await this.store.presentOf(
      definitions.map(({ entityRef }) => entityRef),
    );
    return createHash('sha256')
      .update(JSON.stringify([definitions, dayOfInstant(now), present, live]))
      .digest('hex');
  }

  private async isUpToDate(facts: string, now: Date): Promise<boolean> {
    const row = await this.options.database
      .knex('plumbline_state')
      .where({ key: STATE_KEY })
      .first('value');
    const last: { facts: string; at: string } | undefined =
      row && JSON.parse(row.value);
    return (
      last?.facts === facts && now.getTime() - Date.parse(last.at) < MAX_AGE_MS
    );
  }
}
