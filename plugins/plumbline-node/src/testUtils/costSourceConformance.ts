import type {
  CollectContext,
  CostSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { CostBatchChecker } from './CostBatchChecker';
import { SourceRules, type ConformanceRule } from './SourceRules';

/**
 * A cost source and what to ask it for. It must have at least two partitions in the window, all readable.
 *
 * @public
 */
export interface CostSourceSubject {
  source: CostSource;
  /** Months, `YYYY-MM`, both inclusive. */
  window: CollectContext['window'];
}

/**
 * The rules of `CostSource` and `CostBatch` as tests, whatever the test framework:
 *
 * ```ts
 * it.each(costSourceConformance(createSubject))('$rule', async ({ check }) => {
 *   await expect(check()).resolves.toBeUndefined();
 * });
 * ```
 *
 * @param create - makes a new subject over the same data for each rule
 * @public
 */
export function costSourceConformance(
  create: () => Promise<CostSourceSubject>,
): ConformanceRule[] {
  return new SourceRules(create, window => new CostBatchChecker(window)).all(
    'order, sizes, indexes and totals',
  );
}
