import { parseEntityRef } from '@backstage/catalog-model';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { DailyUsage } from '@plumbline/backstage-plugin-plumbline-node';
import { Decimal } from 'decimal.js';
import type { PrometheusQuery } from '../config';
import { dayOf, dayText } from '../months';
import type { PrometheusSeries } from './PrometheusClient';

/** As many places as are kept. */
const PLACES = 6;

/**
 * The values of a series as those of the days before each of its instants; and what had to be left out, in sentences.
 *
 * @internal
 */
export function dailyValues(
  { metric, of }: PrometheusQuery,
  { metric: labels, values }: PrometheusSeries,
  days: { from: number; to: number },
): { rows: DailyUsage[]; remarks: string[] } {
  const rows: DailyUsage[] = [];
  const entityRef = 'entity' in of ? of.entity : refOf(labels[of.label]);
  if (!entityRef) {
    const label = 'label' in of ? of.label : '';
    return {
      rows,
      remarks: [
        `A series of '${metric}' names no entity by its label '${label}' and is left out; drop it in the query, or relabel it`,
      ],
    };
  }
  const remarks: string[] = [];
  for (const [seconds, text] of values) {
    const day = dayOf(seconds * 1_000) - 1;
    const value = plainDecimal(text);
    if (value === undefined) {
      remarks.push(
        `'${metric}' of ${entityRef} is ${text.slice(0, 40)} on ${dayText(
          day,
        )}, which counts as unknown`,
      );
    } else if (day >= days.from && day < days.to) {
      rows.push({ entityRef, metric, day, value });
    }
  }
  return { rows, remarks };
}

/** Undefined for what is no number from 0 up, such as NaN. */
function plainDecimal(text: string): string | undefined {
  return /^\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text)
    ? new Decimal(text).toDecimalPlaces(PLACES).toFixed()
    : undefined;
}

function refOf(text: string | undefined): string | undefined {
  try {
    return text
      ? toEntityRef(
          parseEntityRef(text, {
            defaultKind: 'component',
            defaultNamespace: 'default',
          }),
        )
      : undefined;
  } catch {
    // A label is somebody else's text: the caller says which one it is.
    return undefined;
  }
}
