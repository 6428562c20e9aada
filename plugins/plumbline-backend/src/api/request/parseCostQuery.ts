import { InputError } from '@backstage/errors';
import type { CostQuery } from '@plumbline/backstage-plugin-plumbline-common';
import type { ParsedCostQuery } from '../../cost';
import { dayFromText } from '../../database';

/** The longest window, in days: two years and a bit, for year over year. */
const MAX_DAYS = 800;
/** Bills lie within these years. */
const YEARS = { first: 1970, last: 2199 };

/**
 * The window and options of a cost query, filled in: daily, by service, effective cost, the entity's own.
 *
 * @throws InputError naming the field when a day is none of the calendar or the window makes no sense.
 * @internal
 */
export function parseCostQuery(query: CostQuery): ParsedCostQuery {
  const window = {
    from: parseDay('from', query.from),
    to: parseDay('to', query.to),
  };
  if (window.from >= window.to) {
    throw new InputError(
      `'to' (${query.to}) must be after 'from' (${query.from}); it is the day after the last one`,
    );
  }
  if (window.to - window.from > MAX_DAYS) {
    throw new InputError(
      `'from' and 'to' may be ${MAX_DAYS} days apart at most; ask for less`,
    );
  }
  return {
    window,
    granularity: query.granularity ?? 'day',
    groupBy: query.groupBy ?? 'service',
    basis: query.basis ?? 'effective',
    scope: query.scope ?? 'own',
    ...(query.environment !== undefined && { environment: query.environment }),
  };
}

function parseDay(field: string, text: string): number {
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
