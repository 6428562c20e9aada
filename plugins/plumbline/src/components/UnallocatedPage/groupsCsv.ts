import type { UnallocatedCosts } from '@plumbline/backstage-plugin-plumbline-common';
import { csvField } from '../CostTable';

/** The groups as CSV, amounts exact. */
export function groupsCsv(costs: UnallocatedCosts): string {
  const header = [
    costs.groupBy,
    'name',
    'provider',
    'account',
    'region',
    'type',
    'resource',
    'resources',
    'from',
    'to (exclusive)',
    'basis',
    'currency',
    'total',
    'share',
    'change',
  ];
  const rows = costs.groups.map(({ key, label, detail, ...group }) => [
    key ?? '',
    label,
    detail?.provider ?? '',
    detail?.accountId ?? '',
    detail?.region ?? '',
    detail?.type ?? '',
    detail?.resourceId ?? '',
    String(group.resources),
    costs.from,
    costs.to,
    costs.basis,
    costs.currency ?? '',
    group.total,
    group.share ?? '',
    group.change ?? '',
  ]);
  return [header, ...rows]
    .map(row => `${row.map(csvField).join(',')}\r\n`)
    .join('');
}
