import { Account, CloudResource } from '../company';

/** Costs are kept as whole numbers of 10⁻¹⁰ of the currency's unit. */
export const costScale = 1e10;

/** What the rows of one charge have in common. */
export type ChargeLine = {
  account: Account;
  region?: string;
  resourceId?: string;
  resourceName?: string;
  resourceType?: string;
  tags: Readonly<Record<string, string>>;
  service: string;
  category: string;
  subcategory: string;
  serviceCode: string;
  usageType: string;
  operation: string;
  unit: string;
  description: string;
  chargeCategory: 'Usage' | 'Purchase' | 'Credit' | 'Tax';
  chargeClass?: 'Correction';
  frequency: 'Usage-Based' | 'Recurring' | 'One-Time';
  pricingCategory?: 'Standard' | 'Committed';
  commitment?: Commitment;
  /** Whether `commitment` was used by this charge. */
  commitmentStatus?: 'Used' | 'Unused';
  /** Whether a row covers a day or the whole month. */
  span: 'day' | 'month';
};

/** A commitment discount. */
export type Commitment = {
  id: string;
  name: string;
  type: string;
  category: 'Spend' | 'Usage';
};

/** One charged line of one day. Costs are in 10⁻¹⁰ of the currency's unit. */
export type ChargeRow = {
  line: number;
  day: number;
  /** Day whose month is the billing period; differs from `day` for corrections. */
  billedOn: number;
  quantity: number;
  unitPrice: number;
  listCost: number;
  billedCost: number;
  effectiveCost: number;
  /** First day on whose morning the export has the row. */
  from: number;
  /** Day on whose morning another row replaces it. */
  until?: number;
};

/** Every charge of the export, before it is written in a provider's dialect. */
export class Ledger {
  readonly lines: ChargeLine[] = [];
  readonly rows: ChargeRow[] = [];

  private constructor() {}

  static create(): Ledger {
    return new Ledger();
  }

  /** Adds a line and returns its number. */
  addLine(line: ChargeLine): number {
    return this.lines.push(line) - 1;
  }

  addRow(row: ChargeRow): void {
    this.rows.push(row);
  }

  /** The rows that an export made on the morning of a day holds. */
  asOf(day: number): ChargeRow[] {
    return this.rows.filter(
      ({ from, until }) => from <= day && (until === undefined || until > day),
    );
  }
}

/** A cost as a whole number of 10⁻¹⁰. */
export function toScaled(cost: number): number {
  return Math.round(cost * costScale);
}

/** The fields of a line that come from the resource. */
export function resourceFields(
  resource: CloudResource,
): Pick<
  ChargeLine,
  'region' | 'resourceId' | 'resourceName' | 'resourceType' | 'tags'
> {
  return {
    region: resource.region,
    resourceId: resource.billedAs,
    resourceName: resource.name,
    resourceType: resource.type,
    tags: resource.tags,
  };
}
