import { dayToText } from '../database';
import type { DayWindow } from './CostStore';
import { inWords } from './inWords';

const LIST = new Intl.ListFormat('en-GB');

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
        : `before ${dayInWords(to)}`;
    }
    return to - from === 1
      ? `for ${dayInWords(from)}`
      : `from ${dayInWords(from)} to ${dayInWords(to - 1)}`;
  });
  return `There is no data ${LIST.format(texts)}.`;
}

function dayInWords(day: number): string {
  return inWords(dayToText(day));
}
