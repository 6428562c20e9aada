import { createMockDirectory } from '@backstage/backend-test-utils';
import { costSourceConformance } from '@plumbline/backstage-plugin-plumbline-node/testUtils';
import { line, sourceOf, writeLines } from './__testUtils__/fixtures';

const months = ['2026-07', '2026-08', '2026-09'];

function linesOf(month: string, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    ...line,
    BillingPeriodStart: `${month}-01`,
    ChargePeriodStart: `${month}-${String(1 + (i % 28)).padStart(2, '0')}`,
    ResourceId: `arn:aws:lambda:eu-west-1:111111111111:function:f${i % 400}`,
    BillingCurrency: i % 3 ? 'USD' : 'EUR',
    BilledCost: String(i / 7),
  }));
}

describe.each([
  ['a folder a month', (month: string) => `BILLING_PERIOD=${month}/part.csv`],
  ['flat files', (month: string) => `${month}.parquet`],
])('a cost source over %s', (_, nameOf) => {
  const dir = createMockDirectory();

  beforeAll(async () => {
    for (const month of months) {
      await writeLines(dir.path, nameOf(month), linesOf(month, 12_000));
    }
  });

  it.each(
    costSourceConformance(async () => ({
      source: sourceOf(dir.path),
      window: { from: '2026-07', to: '2026-09' },
    })),
  )('$rule', async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
