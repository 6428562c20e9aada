import {
  DOUBLE,
  DuckDBConnection,
  DuckDBDataChunk,
  INTEGER,
} from '@duckdb/node-api';
import { stableId } from '../company/naming';
import { ChargeLine, ChargeRow } from './ledger';

const lineColumns: readonly [
  string,
  (line: ChargeLine) => string | undefined,
][] = [
  ['provider', l => l.account.provider],
  ['account_id', l => l.account.id],
  ['account_name', l => l.account.name],
  ['billing_account_id', l => l.account.billingAccountId],
  ['billing_account_name', l => l.account.billingAccountName],
  ['currency', l => l.account.currency],
  ['region', l => l.region],
  ['resource_id', l => l.resourceId],
  ['resource_name', l => l.resourceName],
  ['resource_type', l => l.resourceType],
  ['tags', l => JSON.stringify(l.tags)],
  ['service', l => l.service],
  ['category', l => l.category],
  ['subcategory', l => l.subcategory],
  ['service_code', l => l.serviceCode],
  ['usage_type', l => l.usageType],
  ['operation', l => l.operation],
  ['unit', l => l.unit],
  ['description', l => l.description],
  ['charge_category', l => l.chargeCategory],
  ['charge_class', l => l.chargeClass],
  ['frequency', l => l.frequency],
  ['pricing_category', l => l.pricingCategory],
  ['commitment_id', l => l.commitment?.id],
  ['commitment_name', l => l.commitment?.name],
  ['commitment_type', l => l.commitment?.type],
  ['commitment_category', l => l.commitment?.category],
  ['commitment_status', l => l.commitmentStatus],
  ['span', l => l.span],
  [
    'sku_id',
    l =>
      stableId(
        `${l.account.provider}/${l.serviceCode}/${l.usageType}/${l.region}`,
        16,
      ).toUpperCase(),
  ],
];

const rowColumns: readonly [string, (row: ChargeRow) => number][] = [
  ['line', r => r.line],
  ['day', r => r.day],
  ['billed_on', r => r.billedOn],
  ['quantity', r => r.quantity],
  ['unit_price', r => r.unitPrice],
  ['list', r => r.listCost],
  ['billed', r => r.billedCost],
  ['effective', r => r.effectiveCost],
];

const integers = 3;
const chunkRows = 2048;

async function loadLines(
  connection: DuckDBConnection,
  lines: readonly ChargeLine[],
): Promise<void> {
  await connection.run(
    `CREATE TABLE line (line INTEGER, ${lineColumns
      .map(([name]) => `${name} VARCHAR`)
      .join(', ')})`,
  );
  const appender = await connection.createAppender('line');
  lines.forEach((line, index) => {
    appender.appendInteger(index);
    for (const [, read] of lineColumns) {
      const value = read(line);
      if (value === undefined) {
        appender.appendNull();
      } else {
        appender.appendVarchar(value);
      }
    }
    appender.endRow();
  });
  appender.closeSync();
}

async function loadRows(
  connection: DuckDBConnection,
  rows: readonly ChargeRow[],
): Promise<void> {
  const types = rowColumns.map((_, index) =>
    index < integers ? INTEGER : DOUBLE,
  );
  await connection.run(
    `CREATE TABLE charge_row (${rowColumns
      .map(([name], index) => `${name} ${types[index]}`)
      .join(', ')})`,
  );
  const appender = await connection.createAppender('charge_row');
  for (let start = 0; start < rows.length; start += chunkRows) {
    const part = rows.slice(start, start + chunkRows);
    const chunk = DuckDBDataChunk.create(types, part.length);
    rowColumns.forEach(([, read], index) =>
      chunk.setColumnValues(index, part.map(read)),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/**
 * Loads a ledger into DuckDB as the view `charge`, one row a charge, with
 * costs as whole numbers of 10⁻¹⁰ and the periods as timestamps.
 *
 * @param firstDate - date of day 0, `YYYY-MM-DD`
 */
export async function loadLedger(
  connection: DuckDBConnection,
  options: {
    lines: readonly ChargeLine[];
    rows: readonly ChargeRow[];
    firstDate: string;
  },
): Promise<void> {
  const { lines, rows, firstDate } = options;
  await loadLines(connection, lines);
  await loadRows(connection, rows);
  const date = (column: string) => `(DATE '${firstDate}' + ${column})`;
  await connection.run(`
    CREATE VIEW charge AS
    SELECT r.* EXCLUDE (line), l.*,
      date_trunc('month', ${date('billed_on')})::TIMESTAMP AS billing_month,
      ${date('day')}::TIMESTAMP AS charge_start,
      ${date('day')}::TIMESTAMP +
        CASE span WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 1 DAY END AS charge_end
    FROM charge_row r JOIN line l USING (line)`);
}
