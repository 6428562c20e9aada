import { costSourceConformance } from '@plumbline/backstage-plugin-plumbline-node/testUtils';
import { charge, DATA, SHOP, sourceOf } from './__testUtils__/fixtures';
import { CostExplorerEndpoint, type BillCharge } from '../testUtils';

const charges = ['2026-08', '2026-09', '2026-10', '2026-11'].flatMap(month =>
  [SHOP, DATA].flatMap(account =>
    Array.from(
      { length: 12 },
      (_, i): BillCharge => ({
        ...charge,
        account,
        from: `${month}-01`,
        to: `${month}-${month === '2026-11' ? 25 : 30}`,
        service: `Service ${i % 7}`,
        currency: i % 3 ? 'USD' : 'EUR',
        tags: i % 5 ? { service: `s${i % 4}` } : {},
        amortized: `${i}.${'1234567891'.slice(0, 1 + (i % 10))}`,
        unblended: `0.${'0000000033'.slice(0, 2 + (i % 9))}`,
      }),
    ),
  ),
);

describe('a cost source over Cost Explorer', () => {
  let endpoint: CostExplorerEndpoint;

  beforeAll(async () => {
    endpoint = await CostExplorerEndpoint.start({
      bill: { charges },
      now: () => new Date('2026-11-26T08:00:00Z'),
      pageSize: 300,
    });
  });

  afterAll(() => endpoint.close());

  it.each(
    costSourceConformance(async () => ({
      source: sourceOf(endpoint),
      window: { from: '2026-07', to: '2026-11' },
    })),
  )('$rule', async ({ check }) => {
    await expect(check()).resolves.toBeUndefined();
  });
});
