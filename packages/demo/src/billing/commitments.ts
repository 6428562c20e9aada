import { accountOf, payerAccount } from '../company';
import { scenarioWithId } from '../scenarios';
import { Books, skuFields, UsageCharge } from './charges';
import { Commitment, Ledger, toScaled } from './ledger';

const savingsPlanDiscount = 0.12;
const reservationDiscount = 0.53;
const reservedOn = -330;
const reservedDays = 365;

/** A savings plan of the payer; a day's commitment in 10⁻¹⁰ USD. */
type SavingsPlan = {
  commitment: Commitment;
  daily: number;
  fromDay: number;
  toDay: number;
};

const isDuration = ({ sku, account }: UsageCharge) =>
  (sku === 'lambdaDurationArm' || sku === 'lambdaDurationX86') &&
  account.id === accountOf.aws.prod.id;

const isReserved = ({ sku, account }: UsageCharge) =>
  (sku === 'tableReadCapacity' || sku === 'tableWriteCapacity') &&
  account.id === accountOf.aws.prod.id;

const purchaseLine = (commitment: Commitment) => ({
  account: payerAccount,
  resourceId: commitment.id,
  resourceName: commitment.name,
  tags: {},
  operation: '',
  chargeCategory: 'Purchase' as const,
  pricingCategory: 'Committed' as const,
  commitment,
  span: 'day' as const,
});

function planFor(name: string, id: string): Commitment {
  return {
    id: `arn:aws:savingsplans::${payerAccount.id}:savingsplan/${id}`,
    name,
    type: 'Compute Savings Plans',
    category: 'Spend',
  };
}

/** Two plans: one too small that ends, one too large that follows after a gap. */
function savingsPlans(books: Books, durations: UsageCharge[]): SavingsPlan[] {
  const { calendar } = books;
  const gap = scenarioWithId('savings-plan-expired').period;
  const next = scenarioWithId('savings-plan-oversized').period;
  const meanCost = (from: number, to: number) => {
    let sum = 0;
    for (let day = from; day <= to; day++) {
      for (const { quantities, unitPrices } of durations) {
        sum += quantities[day] * unitPrices[day];
      }
    }
    return (sum / (to - from + 1)) * (1 - savingsPlanDiscount);
  };
  const hourly = (daily: number) => Math.round((daily / 24) * 1000) / 1000;
  return [
    {
      commitment: planFor(
        'compute-1y-no-upfront',
        '5f0c9a41-7d2e-4b83-9c16-a8e3d4b71f02',
      ),
      daily: toScaled(hourly(meanCost(0, 60) * 0.7) * 24),
      fromDay: 0,
      toDay: calendar.relative(gap.fromDay - 1),
    },
    {
      commitment: planFor(
        'compute-1y-no-upfront-2',
        'c2e71b86-04fa-4d59-b3a7-61f8e5092d4c',
      ),
      daily: toScaled(
        hourly(meanCost(calendar.relative(-45), calendar.relative(0)) * 1.25) *
          24,
      ),
      fromDay: calendar.relative(next.fromDay),
      toDay: calendar.relative(next.toDay),
    },
  ];
}

function coveredLine(
  ledger: Ledger,
  charge: UsageCharge,
  commitment: Commitment,
): number {
  return ledger.addLine({
    ...ledger.lines[charge.line],
    pricingCategory: 'Committed',
    commitment,
    commitmentStatus: 'Used',
  });
}

/** Moves a part of the day's usage from on demand to a commitment. */
function cover(options: {
  ledger: Ledger;
  charge: UsageCharge;
  line: number;
  day: number;
  share: number;
  discount: number;
}): number {
  const { ledger, charge, line, day, share, discount } = options;
  const { quantities, unitPrices } = charge;
  const quantity = Math.floor(quantities[day] * share * 1e6) / 1e6;
  if (quantity === 0) {
    return 0;
  }
  quantities[day] = Math.round((quantities[day] - quantity) * 1e6) / 1e6;
  const listCost = toScaled(quantity * unitPrices[day]);
  const effectiveCost = Math.floor(listCost * (1 - discount));
  ledger.addRow({
    line,
    day,
    billedOn: day,
    quantity,
    unitPrice: unitPrices[day],
    listCost,
    billedCost: 0,
    effectiveCost,
    from: day + 1,
  });
  return effectiveCost;
}

function postPlan(
  books: Books,
  plan: SavingsPlan,
  durations: UsageCharge[],
): void {
  const { ledger } = books;
  const { commitment, daily } = plan;
  const fields = {
    service: 'Savings Plans for AWS Compute usage',
    category: 'Compute',
    subcategory: 'Other (Compute)',
    serviceCode: 'ComputeSavingsPlans',
    unit: 'Hours',
    usageType: 'ComputeSP:1yrNoUpfront',
  };
  const purchase = ledger.addLine({
    ...purchaseLine(commitment),
    ...fields,
    description: '1 year No Upfront Compute Savings Plan',
    frequency: 'Recurring',
  });
  const unused = ledger.addLine({
    ...purchaseLine(commitment),
    ...fields,
    description: 'Unused part of the commitment',
    frequency: 'Usage-Based',
    chargeCategory: 'Usage',
    commitmentStatus: 'Unused',
  });
  const lines = durations.map(charge =>
    coveredLine(ledger, charge, commitment),
  );
  const row = (line: number, day: number) => ({
    line,
    day,
    billedOn: day,
    quantity: 24,
    unitPrice: 0,
    listCost: 0,
    from: day + 1,
  });
  for (let day = plan.fromDay; day <= plan.toDay; day++) {
    const eligible = durations.reduce(
      (sum, { quantities, unitPrices }) =>
        sum + toScaled(quantities[day] * unitPrices[day]),
      0,
    );
    const share = Math.min(1, daily / ((1 - savingsPlanDiscount) * eligible));
    const used = durations.reduce(
      (sum, charge, index) =>
        sum +
        cover({
          ledger,
          charge,
          line: lines[index],
          day,
          share,
          discount: savingsPlanDiscount,
        }),
      0,
    );
    ledger.addRow({
      ...row(purchase, day),
      billedCost: daily,
      effectiveCost: 0,
    });
    if (daily - used > 0) {
      ledger.addRow({
        ...row(unused, day),
        billedCost: 0,
        effectiveCost: daily - used,
      });
    }
  }
}

/** Capacity of a table, paid for a year in advance. */
function postReservation(books: Books, charges: UsageCharge[]): void {
  const { calendar, ledger } = books;
  const commitment: Commitment = {
    id: `arn:aws:dynamodb:eu-central-1:${payerAccount.id}:reserved-capacity/stock-1y`,
    name: 'stock-1y',
    type: 'Reserved Capacity',
    category: 'Usage',
  };
  const start = calendar.relative(reservedOn);
  const perDay = charges.reduce((sum, charge) => {
    const line = coveredLine(ledger, charge, commitment);
    let effective = 0;
    for (let day = start; day < calendar.days; day++) {
      effective = cover({
        ledger,
        charge,
        line,
        day,
        share: 1,
        discount: reservationDiscount,
      });
    }
    return sum + effective;
  }, 0);
  const { service, category, subcategory, serviceCode, unit, usageType } =
    skuFields('tableWriteCapacity');
  ledger.addRow({
    line: ledger.addLine({
      ...purchaseLine(commitment),
      service,
      category,
      subcategory,
      serviceCode,
      unit,
      usageType: `HeavyUsage:${usageType}`,
      region: 'eu-central-1',
      description: '1 year reserved capacity, all upfront',
      frequency: 'One-Time',
    }),
    day: start,
    billedOn: start,
    quantity: 1,
    unitPrice: 0,
    listCost: 0,
    billedCost: perDay * reservedDays,
    effectiveCost: 0,
    from: start + 1,
  });
}

/**
 * Writes purchases, covered usage and unused commitment, and takes what is
 * covered out of the usage that is still to be written at list price.
 */
export function postCommitments(books: Books, charges: UsageCharge[]): void {
  const durations = charges.filter(isDuration);
  for (const plan of savingsPlans(books, durations)) {
    postPlan(books, plan, durations);
  }
  postReservation(books, charges.filter(isReserved));
}
