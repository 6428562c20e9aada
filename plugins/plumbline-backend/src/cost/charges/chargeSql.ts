import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import type { LineQuery } from '@plumbline/backstage-plugin-plumbline-node';
import { dayToText } from '../../database';
import type { DayWindow } from '../CostStore';
import {
  sameWindow,
  SHARED_CATEGORIES,
  type FigureFilter,
  type SpanGroup,
} from './chargeFilter';

const COST = { effective: 'EffectiveCost', billed: 'BilledCost' };

/**
 * What a person runs on the export's files to get the same figure: the exact sum of the lines, and how many they are.
 *
 * @internal
 */
export function chargeSql(options: {
  lineQuery: LineQuery;
  basis: CostBasis;
  filter: FigureFilter;
  groups: readonly SpanGroup[];
}): string {
  const { lineQuery, basis, filter, groups } = options;
  const conditions = [
    `BillingCurrency = ${literal(filter.currency)}`,
    ...daysIn(filter.window),
    ...(filter.service === undefined
      ? []
      : [`ServiceName = ${literal(filter.service)}`]),
    ...(filter.category === undefined
      ? []
      : [`ChargeCategory = ${literal(filter.category)}`]),
    anyOf(groups.flatMap(group => groupConditions(group, filter.window))),
  ];
  return [
    ...(lineQuery.before ? [lineQuery.before] : []),
    'WITH line AS (',
    lineQuery.lines.replace(/^/gm, '  '),
    ')',
    `SELECT sum(${COST[basis]}) AS total, count(*) AS lines`,
    'FROM line',
    `WHERE ${conditions.join('\n  AND ')};`,
  ].join('\n');
}

/** A condition for resources by id, and one for charges of accounts without any. */
function groupConditions(group: SpanGroup, window: DayWindow): string[] {
  const always = [
    `ProviderName = ${literal(group.provider)}`,
    ...(sameWindow(group.window, window) ? [] : daysIn(group.window)),
    ...(group.restOfAccount
      ? [
          `ChargeCategory NOT IN (${list(SHARED_CATEGORIES)})`,
          `CommitmentDiscountStatus <> 'Unused'`,
        ]
      : []),
  ];
  const { resourceIds, accountIds } = group;
  return [
    ...(resourceIds.length > 0
      ? [[`ResourceId IN (${list(resourceIds)})`]]
      : []),
    ...(accountIds.length > 0
      ? [[`ResourceId = ''`, `SubAccountId IN (${list(accountIds)})`]]
      : []),
  ].map(own => [...always, ...own].join('\n    AND '));
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join('\n  OR ')})`;
}

function daysIn({ from, to }: DayWindow): string[] {
  return [
    `ChargePeriodStart >= DATE ${literal(dayToText(from))}`,
    `ChargePeriodStart < DATE ${literal(dayToText(to))}`,
  ];
}

function list(values: readonly string[]): string {
  return values.map(literal).join(', ');
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
