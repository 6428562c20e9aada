import type { AccountCoverage } from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText } from '../../database';
import type { AccountReach } from './AccountCoverageStore';

/** Providers deliver the accounts of an export some days apart; from here on it is told. */
const BEHIND_DAYS = 3;

/**
 * How far an account's charges reach, and how far its source does where that is clearly further. Of several
 * sources the one with its newest charge counts.
 *
 * @internal
 */
export function reachOf(
  reaches: readonly AccountReach[],
): Pick<AccountCoverage, 'dataThrough' | 'sourceDataThrough'> {
  const [newest] = [...reaches].sort((a, b) => b.lastDay - a.lastDay);
  if (!newest) {
    return {};
  }
  const { lastDay, sourceThrough } = newest;
  return {
    dataThrough: dayToText(lastDay),
    ...(sourceThrough !== undefined &&
      sourceThrough - lastDay >= BEHIND_DAYS && {
        sourceDataThrough: dayToText(sourceThrough),
      }),
  };
}
