import { Account, company, payerAccount } from '../company';
import { scenarioWithId } from '../scenarios';
import { Books, skuFields } from './charges';
import { ChargeLine, resourceFields, toScaled } from './ledger';

type MonthlyCharge = {
  line: number;
  /** Payer whose bill it is computed from. */
  billingAccountId: string;
  share: number;
};

const plain = {
  tags: {},
  subcategory: '',
  operation: '',
  unit: '',
  span: 'month' as const,
};

function taxLine(account: Account, description: string): ChargeLine {
  return {
    ...plain,
    account,
    service: account.provider === 'gcp' ? 'Invoice' : 'Tax',
    category: 'Other',
    serviceCode: 'Tax',
    usageType: 'Tax',
    description,
    chargeCategory: 'Tax',
    frequency: 'One-Time',
  };
}

/** Support and tax, computed from each finished month. */
export function postMonthlyCharges(books: Books): void {
  const { calendar, ledger } = books;
  const euro = company.accounts.find(({ currency }) => currency === 'EUR');
  const google = company.accounts.find(({ provider }) => provider === 'gcp');
  const support: MonthlyCharge = {
    line: ledger.addLine({
      ...plain,
      account: payerAccount,
      service: 'AWS Support (Business)',
      category: 'Management and Governance',
      serviceCode: 'AWSSupportBusiness',
      usageType: 'Dollar',
      description: '10 % of monthly AWS usage',
      chargeCategory: 'Purchase',
      frequency: 'Recurring',
      pricingCategory: 'Standard',
    }),
    billingAccountId: payerAccount.id,
    share: 0.1,
  };
  const taxes: MonthlyCharge[] = [
    { account: payerAccount, share: 0.0635, name: 'Sales tax' },
    ...(euro ? [{ account: euro, share: 0.19, name: 'VAT 19 %' }] : []),
    ...(google ? [{ account: google, share: 0.19, name: 'Tax' }] : []),
  ].map(({ account, share, name }) => ({
    line: ledger.addLine(taxLine(account, name)),
    billingAccountId: account.billingAccountId,
    share,
  }));

  const invoiced = new Map<string, number>();
  for (const { line, billedOn, billedCost, until } of ledger.rows) {
    if (until === undefined) {
      const payer = ledger.lines[line].account.billingAccountId;
      const key = `${payer} ${calendar.month(billedOn)}`;
      invoiced.set(key, (invoiced.get(key) ?? 0) + billedCost);
    }
  }
  for (let day = 0; day < calendar.days; day++) {
    if (!calendar.isLastOfMonth(day)) {
      continue;
    }
    for (const { line, billingAccountId, share } of [support, ...taxes]) {
      const month = calendar.month(day);
      const cost = Math.round(
        (invoiced.get(`${billingAccountId} ${month}`) ?? 0) * share,
      );
      ledger.addRow({
        line,
        // A row for a month begins with it, also where the export begins later
        day: calendar.dayOf(`${month}-01`),
        billedOn: day,
        quantity: 1,
        unitPrice: 0,
        listCost: cost,
        billedCost: cost,
        effectiveCost: cost,
        from: day + 1,
      });
    }
  }
}

/** Promotional credits until they run out. */
export function postCredits(books: Books): void {
  const { calendar, ledger } = books;
  const end = calendar.relative(
    scenarioWithId('credits-exhausted').period.fromDay,
  );
  const line = ledger.addLine({
    ...plain,
    account: payerAccount,
    service: 'AWS Lambda',
    category: 'Compute',
    serviceCode: 'AWSLambda',
    usageType: 'Credit',
    description: 'Migration acceleration credit',
    chargeCategory: 'Credit',
    frequency: 'One-Time',
    span: 'day',
  });
  for (let day = 0; day < end; day++) {
    const cost = toScaled(-48);
    ledger.addRow({
      line,
      day,
      billedOn: day,
      quantity: 0,
      unitPrice: 0,
      listCost: 0,
      billedCost: cost,
      effectiveCost: cost,
      from: day + 1,
    });
  }
}

/** A refund within the present period for a charge of an earlier one. */
export function postCorrection(books: Books): void {
  const { calendar, ledger } = books;
  const { resources, period } = scenarioWithId('correction');
  const resource = company.resources.find(({ name }) => name === resources[0]);
  const account = company.accounts.find(({ id }) => id === resource?.accountId);
  if (!resource || !account) {
    return;
  }
  const cost = toScaled(-42.1);
  ledger.addRow({
    line: ledger.addLine({
      ...skuFields('httpApiRequests'),
      account,
      ...resourceFields(resource),
      chargeClass: 'Correction',
      description: 'Correction: health checks counted as requests',
    }),
    day: calendar.relative(-75),
    billedOn: calendar.relative(period.fromDay),
    quantity: 0,
    unitPrice: 0,
    listCost: cost,
    billedCost: cost,
    effectiveCost: cost,
    from: calendar.relative(period.fromDay) + 1,
  });
}

/** Azure's purchases without a service, and adjustments that belong to nothing. */
export function postAzureOddities(books: Books): void {
  const { calendar, ledger } = books;
  const account = company.accounts.find(
    ({ provider, environment }) =>
      provider === 'azure' && environment === 'prod',
  );
  if (!account) {
    return;
  }
  const marketplace = ledger.addLine({
    ...plain,
    account,
    service: '',
    category: 'Other',
    serviceCode: '-2',
    usageType: 'SendGrid Bronze',
    description: 'SendGrid 40K, monthly',
    chargeCategory: 'Purchase',
    frequency: 'Recurring',
    pricingCategory: 'Standard',
  });
  const unassigned = ledger.addLine({
    ...plain,
    account,
    service: 'Unassigned',
    category: 'Other',
    serviceCode: '-2',
    usageType: '-2',
    description: 'Rounding adjustment',
    chargeCategory: 'Usage',
    frequency: 'Usage-Based',
    span: 'day',
  });
  for (let day = 0; day < calendar.days; day++) {
    const post = (line: number, start: number, cost: number) =>
      ledger.addRow({
        line,
        day: start,
        billedOn: day,
        quantity: 1,
        unitPrice: 0,
        listCost: 0,
        billedCost: toScaled(cost),
        effectiveCost: toScaled(cost),
        from: day + 3,
      });
    if (calendar.isLastOfMonth(day)) {
      post(marketplace, calendar.dayOf(`${calendar.month(day)}-01`), 19.95);
    }
    if (calendar.weekday(day) === 6) {
      post(unassigned, day, 0.0007);
    }
  }
}
