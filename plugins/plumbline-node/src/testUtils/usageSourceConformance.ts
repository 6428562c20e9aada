import type {
  CollectContext,
  UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { SourceRules, type ConformanceRule } from './SourceRules';
import { UsageBatchChecker } from './UsageBatchChecker';

/**
 * A usage source and what to ask it for. It must have at least two partitions in the window, all readable.
 *
 * @public
 */
export interface UsageSourceSubject {
  source: UsageSource;
  /** Months, `YYYY-MM`, both inclusive. */
  window: CollectContext['window'];
}

/**
 * The rules of `UsageSource` and `UsageBatch` as tests, whatever the test framework; see `costSourceConformance`.
 *
 * @param create - makes a new subject over the same data for each rule
 * @public
 */
export function usageSourceConformance(
  create: () => Promise<UsageSourceSubject>,
): ConformanceRule[] {
  return new SourceRules(create, window => new UsageBatchChecker(window)).all(
    'order, sizes and values',
  );
}
