import { identifier } from './sql';

/**
 * A column as a file has it.
 *
 * @internal
 */
export interface FileColumn {
  name: string;
  /** DuckDB's name of its type. */
  type: string;
}

/** What must be there, each under one of its names: FOCUS 1.3 and 1.4 renamed the provider's column. */
const REQUIRED = [
  ['BilledCost'],
  ['EffectiveCost'],
  ['BillingCurrency'],
  ['BillingPeriodStart'],
  ['BillingPeriodEnd'],
  ['ChargePeriodStart'],
  ['ChargePeriodEnd'],
  ['ChargeCategory'],
  ['ChargeClass'],
  ['ServiceName'],
  ['ServiceCategory'],
  ['ServiceProviderName', 'ProviderName'],
  ['BillingAccountId'],
  ['SubAccountId'],
  ['ResourceId'],
  ['RegionId'],
];

/** Columns whose text must mean something. @internal */
export const CHECKED = {
  BilledCost: 'amount',
  EffectiveCost: 'amount',
  BillingPeriodStart: 'time',
  ChargePeriodStart: 'time',
  BillingCurrency: 'currency',
} as const;

/** @internal */
export type CheckedColumn = keyof typeof CHECKED;

/**
 * The columns of one file, found by name without regard to case.
 *
 * @internal
 */
export class ColumnMap {
  private readonly byName: Map<string, FileColumn>;

  constructor(readonly columns: FileColumn[]) {
    this.byName = new Map(
      columns.map(column => [column.name.toLowerCase(), column]),
    );
  }

  /** Required columns that are not there; alternatives joined by ` or `. */
  missing(): string[] {
    return REQUIRED.filter(names => !names.some(name => this.find(name))).map(
      names => names.join(' or '),
    );
  }

  find(name: string): FileColumn | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** Files of the same shape are read by one statement. */
  shape(): string {
    return JSON.stringify(this.columns);
  }

  /** The column as text, NULL where there is none. */
  text(name: string): string {
    const column = this.find(name);
    if (!column) {
      return 'NULL::VARCHAR';
    }
    return column.type === 'VARCHAR'
      ? identifier(column.name)
      : `${identifier(column.name)}::VARCHAR`;
  }

  /** A cost, exact: every row becomes a decimal before anything is added up. */
  amount(name: string, cast: 'CAST' | 'TRY_CAST' = 'CAST'): string {
    const column = this.required(name);
    // DuckDB would do the arithmetic of a 32-bit number in 32 bits.
    const value =
      this.find(name)?.type === 'FLOAT' ? `${column}::DOUBLE` : column;
    return `${cast}(${value} AS DECIMAL(38, 18))`;
  }

  /** A time as UTC timestamp. */
  time(name: string, cast: 'CAST' | 'TRY_CAST' = 'CAST'): string {
    const column = this.required(name);
    const type = this.find(name)?.type ?? '';
    if (type !== 'VARCHAR') {
      return `${cast}(${column} AS TIMESTAMP)`;
    }
    // Azure writes minutes only, or American dates; a cast to TIMESTAMP would drop an offset without a word.
    return `coalesce(TRY_CAST(${column} AS TIMESTAMPTZ)::TIMESTAMP, try_strptime(${column}, ['%Y-%m-%dT%H:%MZ', '%Y-%m-%d %H:%MZ', '%m/%d/%Y', '%m/%d/%Y %H:%M:%S'])${
      cast === 'CAST' ? `, error('unreadable time')::TIMESTAMP` : ''
    })`;
  }

  /** Tags as JSON text, whether the file has them as JSON, map, list or struct. */
  tags(): string {
    const column = this.find('Tags');
    if (!column) {
      return 'NULL::VARCHAR';
    }
    return column.type === 'VARCHAR'
      ? identifier(column.name)
      : `to_json(${identifier(column.name)})::VARCHAR`;
  }

  private required(name: string): string {
    return identifier(this.find(name)?.name ?? name);
  }
}
