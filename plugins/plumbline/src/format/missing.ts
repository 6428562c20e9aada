import type { EntityCosts } from '@plumbline/backstage-plugin-plumbline-common';
import { lastDayOf } from '../selection';
import { formatDay } from './time';

const LIST = new Intl.ListFormat('en-GB');

/** Which days have no data, as in `No data before 19 Oct 2025.`; nothing where none are missing. */
export function missingText(
  costs: Pick<EntityCosts, 'from' | 'to' | 'missing' | 'freshness'>,
): string | undefined {
  const { missing, freshness } = costs;
  if (missing.length === 0) {
    return undefined;
  }
  const texts = missing.map(({ from, to }) => {
    if (from <= costs.from) {
      return to >= costs.to
        ? 'for any of these days'
        : `before ${formatDay(to)}`;
    }
    const last = lastDayOf(to);
    return last === from
      ? `for ${formatDay(from)}`
      : `from ${formatDay(from)} to ${formatDay(last)}`;
  });
  const subject =
    freshness.sources.length > 1 ? 'Not every source has data' : 'No data';
  return `${subject} ${LIST.format(
    texts,
  )}. That does not mean that nothing was spent.`;
}
