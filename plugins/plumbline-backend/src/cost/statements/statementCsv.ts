import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { stringify } from 'csv-stringify/sync';
import { addMonths, nanosToDecimal } from '../../database';
import type { EntitySum, LineRecord } from './StatementReader';
import type { StatementRecord } from './StatementStore';

/** Names as FOCUS has them; those that FOCUS has not begin with `x_`. @internal */
export const CSV_COLUMNS = [
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'BillingCurrency',
  'BilledCost',
  'EffectiveCost',
  'ProviderName',
  'ServiceName',
  'ChargeCategory',
  'ChargeClass',
  'CommitmentDiscountStatus',
  'x_Environment',
  'x_Entity',
  'x_EntityTitle',
  'x_Owner',
  'x_System',
  'x_Domain',
  'x_Statement',
  'x_StatedAt',
] as const;

/** Whose a line is, as far as the caller may see it. @internal */
export type LineEntity = Partial<
  Pick<EntitySum, 'title' | 'ownerRef' | 'systemRef' | 'domainRef'>
> & { ref?: EntityRef };

/** The first line; the mark before it tells spreadsheets that the file is UTF-8. @internal */
export function csvHeader(): string {
  return `\ufeff${write([[...CSV_COLUMNS]])}`;
}

/** Lines of one statement as CSV (RFC 4180). @internal */
export function csvLines(
  { month, number, statedAt }: StatementRecord,
  lines: readonly { line: LineRecord; entity: LineEntity }[],
): string {
  const start = `${month}-01T00:00:00Z`;
  const end = `${addMonths(month, 1)}-01T00:00:00Z`;
  return write(
    lines.map(({ line, entity }) => [
      start,
      end,
      line.currency,
      line.billed,
      line.effective,
      line.provider,
      line.service,
      line.category,
      line.correction ? 'Correction' : '',
      line.commitment,
      line.environment,
      entity.ref ?? '',
      entity.title ?? '',
      entity.ownerRef ?? '',
      entity.systemRef ?? '',
      entity.domainRef ?? '',
      number === 0 ? 'original' : `restatement ${number}`,
      statedAt.toISOString(),
    ]),
  );
}

/** Text that a spreadsheet would run gets an apostrophe in front; amounts stay numbers. */
function write(rows: readonly (string | bigint)[][]): string {
  return stringify([...rows], {
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { bigint: nanosToDecimal },
  });
}
