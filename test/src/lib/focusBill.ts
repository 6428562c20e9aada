const DAY_MS = 86_400_000;

const COLUMNS = [
  'BilledCost',
  'EffectiveCost',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ChargeCategory',
  'ChargeClass',
  'ServiceName',
  'ServiceCategory',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'RegionId',
  'SubAccountId',
  'SubAccountName',
  'BillingAccountId',
  'ProviderName',
  'Tags',
];

/** `YYYY-MM-DD`, some days before today. */
export function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** A FOCUS export in CSV: what each resource costs on each of the days. */
export function focusBill(options: {
  account: string;
  days: readonly string[];
  charges: Record<string, string>;
}): string {
  const { account, days, charges } = options;
  const rows = days.flatMap(day => {
    const [year, month] = day.split('-').map(Number);
    const instant = (time: number) =>
      new Date(time).toISOString().replace('.000', '');
    return Object.entries(charges).map(([resource, cost]) =>
      [
        cost,
        cost,
        'USD',
        instant(Date.UTC(year, month - 1, 1)),
        instant(Date.UTC(year, month, 1)),
        instant(Date.parse(day)),
        instant(Date.parse(day) + DAY_MS),
        'Usage',
        '',
        'AWS Lambda',
        'Compute',
        resource,
        resource.split(':').pop(),
        'Function',
        'eu-west-1',
        account,
        'shop-prod',
        account,
        'AWS',
        '{}',
      ]
        .map(value => `"${value}"`)
        .join(','),
    );
  });
  return `${COLUMNS.join(',')}\n${rows.join('\n')}\n`;
}
