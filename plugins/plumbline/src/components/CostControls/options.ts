import type { CostSelection, WindowName } from '../../selection';

/** The choice that opens the two date fields. */
export const CUSTOM = 'custom';

/** The choice that counts every environment. No environment can have this name: it has a space. */
export const ALL_ENVIRONMENTS = 'all environments';

export const windowOptions: {
  id: WindowName | typeof CUSTOM;
  label: string;
}[] = [
  { id: '7d', label: 'Last 7 days' },
  { id: '30d', label: 'Last 30 days' },
  { id: '90d', label: 'Last 90 days' },
  { id: '6m', label: 'Last 6 months' },
  { id: '12m', label: 'Last 12 months' },
  { id: CUSTOM, label: 'Choose days\u2026' },
];

export const granularityOptions: {
  id: CostSelection['granularity'];
  label: string;
}[] = [
  { id: 'day', label: 'Daily' },
  { id: 'month', label: 'Monthly' },
];

export const groupOptions: { id: CostSelection['groupBy']; label: string }[] = [
  { id: 'service', label: 'Service' },
  { id: 'resource', label: 'Resource' },
  { id: 'environment', label: 'Environment' },
];

export const basisOptions: { id: CostSelection['basis']; label: string }[] = [
  { id: 'effective', label: 'Amortised' },
  { id: 'billed', label: 'Invoiced' },
];

export const scopeOptions: { id: CostSelection['scope']; label: string }[] = [
  { id: 'own', label: 'Own cost' },
  { id: 'with-dependencies', label: 'With dependencies' },
];

/** All environments, those with cost, and the chosen one even where it has none. */
export function environmentOptions(
  environments: string[],
  chosen: string | undefined,
): { id: string; label: string }[] {
  const names = new Set(environments);
  if (chosen !== undefined) {
    names.add(chosen);
  }
  return [
    { id: ALL_ENVIRONMENTS, label: 'All' },
    ...[...names].sort().map(name => ({ id: name, label: name })),
  ];
}
