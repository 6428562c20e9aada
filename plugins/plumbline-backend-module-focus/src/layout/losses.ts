import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CollectContext,
  CostBatch,
} from '@plumbline/backstage-plugin-plumbline-node';
import { extentOf } from './fingerprint';

/**
 * A warning where a month has less than half the files, or half the bytes, that it was published from.
 *
 * @param published - the month's fingerprint that is live
 * @param fingerprint - the one that takes its place
 * @internal
 */
export function shrinkage(
  month: string,
  published: string | undefined,
  fingerprint: string,
): SourceProblem[] {
  const before = extentOf(published ?? '');
  const now = extentOf(fingerprint);
  if (
    !before ||
    !now ||
    (now.files * 2 >= before.files && now.bytes * 2 >= before.bytes)
  ) {
    return [];
  }
  const say = ({ files, bytes }: typeof now) =>
    `${files} ${files === 1 ? 'file' : 'files'} of ${bytes} bytes`;
  return [
    {
      severity: 'warning',
      partition: month,
      message: `${month} was read from ${say(now)}, after ${say(
        before,
      )} before. Check that the export is complete.`,
    },
  ];
}

/**
 * Passes batches on. Months that are live and in the window, yet no longer in the export, are told of with the
 * first month that is read, or in the log where none is.
 *
 * @param months - those the export holds
 * @internal
 */
export async function* withVanished(
  batches: AsyncIterable<CostBatch>,
  months: string[],
  { published, window, cursor = '', logger }: CollectContext,
): AsyncGenerator<CostBatch> {
  let warnings = [...published.keys()]
    .filter(month => month >= window.from && month <= window.to)
    .filter(month => month > cursor && !months.includes(month))
    .map(
      (partition): SourceProblem => ({
        severity: 'warning',
        partition,
        message: `${partition} is no longer in the export; the figures read before stand`,
      }),
    );
  for await (const batch of batches) {
    if (batch.type === 'complete') {
      yield { ...batch, problems: [...batch.problems, ...warnings] };
      warnings = [];
    } else {
      yield batch;
    }
  }
  for (const { message } of warnings) {
    logger.warn(message);
  }
}
