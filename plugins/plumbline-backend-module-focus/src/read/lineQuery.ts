import type { LineQuery } from '@plumbline/backstage-plugin-plumbline-node';
import { CATEGORIES } from './kinds';
import { scan, type LineShape } from './lines';
import type { ColumnMap } from './columns';
import { literal } from './sql';

/** What DuckDB would take for more than one file, or what no terminal shows. */
const UNSAFE = /[*?[\]{}\p{Cc}]/u;

/**
 * How a person reads the lines as we do: the same expressions, over the files by their own names.
 *
 * @param month - of lines that lie among those of other months; absent where all lines of the files count
 * @returns undefined where a file's name would be taken for a pattern
 * @internal
 */
export function lineQueryOf(
  shapes: LineShape[],
  month?: string,
): LineQuery | undefined {
  const names = shapes.flatMap(({ files }) => files.map(({ file }) => file));
  if (names.some(({ name }) => UNSAFE.test(name))) {
    return undefined;
  }
  return {
    tool: 'DuckDB',
    before: `SET TimeZone = 'UTC';`,
    lines: shapes
      .map(shape => selectOf(shape, month))
      .join('\nUNION ALL BY NAME\n'),
  };
}

function selectOf(
  { columns, files }: LineShape,
  month: string | undefined,
): string {
  const from = scan(
    files[0].format,
    files.map(({ file }) => file.name),
    columns.columns,
  );
  const selected = [
    `${providerOf(columns)} AS ProviderName`,
    `coalesce(${known(columns, 'SubAccountId')}, ${known(
      columns,
      'BillingAccountId',
    )}, '') AS SubAccountId`,
    `coalesce(${known(columns, 'ResourceId')}, '') AS ResourceId`,
    `coalesce(${known(columns, 'ServiceName')}, 'Other') AS ServiceName`,
    `${columns.time('ChargePeriodStart')}::DATE AS ChargePeriodStart`,
    `upper(trim(${columns.text('BillingCurrency')})) AS BillingCurrency`,
    `${categoryOf(columns)} AS ChargeCategory`,
    `CASE WHEN lower(trim(${columns.text(
      'ChargeClass',
    )})) = 'correction' THEN 'Correction' ELSE '' END AS ChargeClass`,
    `CASE lower(trim(${columns.text(
      'CommitmentDiscountStatus',
    )})) WHEN 'used' THEN 'Used' WHEN 'unused' THEN 'Unused' ELSE '' END AS CommitmentDiscountStatus`,
    `${columns.amount('EffectiveCost')} AS EffectiveCost`,
    `${columns.amount('BilledCost')} AS BilledCost`,
  ];
  const where = month
    ? `\nWHERE strftime(${columns.time(
        'BillingPeriodStart',
      )}, '%Y-%m') = ${literal(month)}`
    : '';
  return `SELECT\n  ${selected.join(',\n  ')}\nFROM ${from}${where}`;
}

/** Azure writes "-2" and "Unassigned" where it means nothing. */
function known(columns: ColumnMap, name: string): string {
  const text = columns.text(name);
  return columns.find(name)
    ? `CASE WHEN ${text} IN ('', '-2', 'Unassigned', 'NULL') THEN NULL ELSE ${text} END`
    : text;
}

function providerOf(columns: ColumnMap): string {
  const names = ['ServiceProviderName', 'ProviderName'].filter(name =>
    columns.find(name),
  );
  return `coalesce(${names
    .map(name => known(columns, name))
    .join(', ')}, 'Unknown')`;
}

function categoryOf(columns: ColumnMap): string {
  const text = columns.text('ChargeCategory');
  const cases = CATEGORIES.filter(name => name !== 'Adjustment').map(
    name => `WHEN ${literal(name.toLowerCase())} THEN ${literal(name)}`,
  );
  return `CASE lower(trim(${text})) ${cases.join(' ')} ELSE 'Adjustment' END`;
}
