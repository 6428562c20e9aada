import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { InputError } from '@backstage/errors';

/** Queries of a call at most. */
const MOST_QUERIES = 500;

/**
 * The queries of calls. What is asked for together stays together.
 *
 * @throws InputError when one question alone is too much for a call
 * @internal
 */
export function batchesOf(
  questions: Array<{ queries: MetricDataQuery[]; what: string }>,
): MetricDataQuery[][] {
  const batches: MetricDataQuery[][] = [];
  let batch: MetricDataQuery[] = [];
  for (const { queries, what } of questions) {
    if (queries.length > MOST_QUERIES) {
      throw new InputError(
        `${what} has ${queries.length} queries; CloudWatch takes ${MOST_QUERIES} in one call`,
      );
    }
    if (batch.length + queries.length > MOST_QUERIES) {
      batches.push(batch);
      batch = [];
    }
    batch.push(...queries);
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
