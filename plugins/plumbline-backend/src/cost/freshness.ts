import type {
  Freshness,
  FreshnessState,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText } from '../database';
import type { DataExtent } from './DataExtent';

/** From what worries most to what worries least. */
const BY_WORRY: FreshnessState[] = [
  'failing',
  'unknown',
  'partial',
  'paused',
  'stale',
  'fresh',
];

/**
 * How current figures are that came from the given sources: as the worst of them. Figures that came from none
 * are judged by all sources.
 *
 * @internal
 */
export function freshnessOf(
  statuses: readonly SourceStatus[],
  extent: DataExtent,
  used: ReadonlySet<number>,
): Freshness {
  const sources = used.size > 0 ? [...used] : extent.sources;
  const ids =
    used.size > 0 ? extent.idsOf(used) : statuses.map(({ id }) => id).sort();
  const concerned = statuses.filter(({ id }) => ids.includes(id));
  // A source that is no longer set up gives no news of its data.
  const gone = ids.some(id => !statuses.some(status => status.id === id));
  const states = concerned.map(({ state }) => state);
  const collected = concerned.map(({ lastSuccessAt }) => lastSuccessAt);
  const collectedAt = collected.every(instant => instant !== undefined)
    ? collected.sort()[0]
    : undefined;
  const dataThrough = extent.dataThrough(sources);
  return {
    state:
      BY_WORRY.find(state => states.includes(state) && state !== 'fresh') ??
      (gone || states.length === 0 ? 'unknown' : 'fresh'),
    ...(dataThrough !== undefined && { dataThrough: dayToText(dataThrough) }),
    ...(collectedAt && { collectedAt }),
    sources: ids,
  };
}
