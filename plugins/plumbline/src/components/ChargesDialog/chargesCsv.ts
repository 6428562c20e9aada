import type { ChargeRow } from '@plumbline/backstage-plugin-plumbline-common';
import { csvText } from '../CostTable';

const HEADER = [
  'ChargeDay',
  'BillingMonth',
  'Source',
  'ProviderName',
  'SubAccountId',
  'ResourceId',
  'ResourceName',
  'ServiceName',
  'ChargeCategory',
  'ChargeClass',
  'CommitmentDiscountStatus',
  'BillingCurrency',
  'EffectiveCost',
  'BilledCost',
  'Lines',
];

/** The rows of a figure as CSV, with the names of FOCUS and exact amounts. */
export function chargesCsv(
  rows: readonly ChargeRow[],
  currency: string,
): string {
  return csvText([
    HEADER,
    ...rows.map(row => [
      row.day,
      row.month,
      row.source,
      row.resource.provider,
      row.resource.accountId,
      row.resource.id,
      row.resource.name ?? '',
      row.service,
      row.category,
      row.correction ? 'Correction' : '',
      row.commitment ?? '',
      currency,
      row.effective,
      row.billed,
      row.lines === undefined ? '' : String(row.lines),
    ]),
  ]);
}
