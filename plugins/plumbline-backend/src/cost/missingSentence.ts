import { dayToText } from '../database';
import type { DayWindow } from './CostStore';

/**
 * Which days of a window have no data, as a sentence: `There is no data before 19 October 2025.`
 *
 * @internal
 */
export function missingSentence(
  missing: readonly DayWindow[],
  window: DayWindow,
): string | undefined {
  if (missing.length === 0) {
    return undefined;
  }
  const texts = missing.map(({ from, to }) => {
    if (from <= window.from) {
      return to >= window.to
        ? 'for any of these days'
        : `before ${inWords(to)}`;
    }
    return to - from === 1
      ? `for ${inWords(from)}`
      : `from ${inWords(from)} to ${inWords(to - 1)}`;
  });
  return `There is no data ${LIST.format(texts)}.`;
}

function inWords(day: number): string {
  return DAY.format(new Date(dayToText(day)));
}

const LIST = new Intl.ListFormat('en-GB');

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
