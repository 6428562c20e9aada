import type {
  BillCharge,
  CostExplorerBill,
} from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';

const ACCOUNTS = 12;
/** An account in so many has its functions paid by a savings plan. */
const WITH_PLAN = 4;

/** Names of the services that the bill has costs of. */
export function servicesOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `service-${i}`);
}

/** An organization's bill: usage of each service in one of twelve accounts, taxes, support, and a savings plan. */
export function billOf(services: string[], from: string, to: string) {
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) =>
    String(111111111111 + i),
  );
  const on = { from, to };
  const usage = services.flatMap((service, i): BillCharge[] => {
    const account = accounts[i % ACCOUNTS];
    const tags = { service };
    return [
      {
        ...on,
        account,
        tags,
        service: 'AWS Lambda',
        amortized: `1.${i}`,
        ...(i % ACCOUNTS < ACCOUNTS / WITH_PLAN && {
          recordType: 'SavingsPlanCoveredUsage',
          unblended: `2.${i}`,
        }),
      },
      {
        ...on,
        account,
        tags,
        service: 'Amazon DynamoDB',
        amortized: `0.${i + 1}`,
      },
    ];
  });
  const onAccount = accounts.flatMap((account): BillCharge[] => [
    { ...on, account, service: 'Tax', recordType: 'Tax', amortized: '3' },
    {
      ...on,
      account,
      service: 'AWS Support',
      recordType: 'Support',
      amortized: '1',
    },
  ]);
  const bill: CostExplorerBill = {
    charges: [...usage, ...onAccount],
    accountNames: Object.fromEntries(
      accounts.map((account, i) => [account, `account-${i}`]),
    ),
  };
  return bill;
}
