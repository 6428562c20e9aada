import { InputError } from '@backstage/errors';
import type { Day } from '@plumbline/backstage-plugin-plumbline-common';
import type { DayWindow } from '../../cost/CostStore';
import { dayFromText } from '../../database';

/** Bills lie within these years. */
const YEARS = { first: 1970, last: 2199 };

/**
 * The days from one to another.
 *
 * @throws InputError naming the field when a day is none of the calendar, or the days make no sense or are too many
 * @internal
 */
export function parseDays(
  query: { from: Day; to: Day },
  maxDays: number,
): DayWindow {
  const window = {
    from: parseDay('from', query.from),
    to: parseDay('to', query.to),
  };
  if (window.from >= window.to) {
    throw new InputError(
      `'to' (${query.to}) must be after 'from' (${query.from}); it is the day after the last one`,
    );
  }
  if (window.to - window.from > maxDays) {
    throw new InputError(
      `'from' and 'to' may be ${maxDays} days apart at most; ask for less`,
    );
  }
  return window;
}

function parseDay(field: string, text: Day): number {
  const year = Number(text.slice(0, 4));
  if (year < YEARS.first || year > YEARS.last) {
    throw new InputError(
      `'${field}' (${text}) must lie in the years ${YEARS.first} to ${YEARS.last}`,
    );
  }
  try {
    return dayFromText(text);
  } catch (error) {
    throw new InputError(`'${field}' is wrong`, error);
  }
}
