import type { CostQuery } from '@plumbline/backstage-plugin-plumbline-common';
import type { ParsedCostQuery } from '../../cost';
import { parseDays } from './parseDays';

/** The longest window, in days: two years and a bit, for year over year. */
const MAX_DAYS = 800;

/**
 * The window and options of a cost query, filled in: daily, by service, effective cost, the entity's own.
 *
 * @throws InputError naming the field when a day is none of the calendar or the window makes no sense.
 * @internal
 */
export function parseCostQuery(query: CostQuery): ParsedCostQuery {
  return {
    window: parseDays(query, MAX_DAYS),
    granularity: query.granularity ?? 'day',
    groupBy: query.groupBy ?? 'service',
    basis: query.basis ?? 'effective',
    scope: query.scope ?? 'own',
    ...(query.environment !== undefined && { environment: query.environment }),
  };
}
