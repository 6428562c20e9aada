import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  collect,
  line,
  sourceOf,
  writeLines,
  type Line,
  type Partition,
} from './__testUtils__/fixtures';

const dir = createMockDirectory();

/** Reads the lines as one CSV and gives September. */
async function september(lines: Line[]): Promise<Partition> {
  dir.clear();
  await writeLines(dir.path, 'export.csv', lines);
  const { '2026-09': partition } = await collect(sourceOf(dir.path));
  return partition;
}

describe('what a bill says', () => {
  it('becomes one row a resource, service, day, currency and kind', async () => {
    const { rows, resources, services, ending } = await september([
      line,
      { ...line, ChargePeriodStart: '2026-09-10T23:59:59Z' },
      { ...line, ChargePeriodStart: '2026-09-11T00:00:00Z' },
    ]);
    expect(rows).toEqual([
      {
        resource: 0,
        service: 0,
        resourceId: line.ResourceId,
        day: 20706,
        date: '2026-09-10',
        currency: 'USD',
        category: 'Usage',
        correction: false,
        commitment: undefined,
        effectiveNanos: 2_500_000_000n,
        billedNanos: 3_000_000_000n,
        lines: 2,
      },
      expect.objectContaining({
        date: '2026-09-11',
        billedNanos: 1_500_000_000n,
        lines: 1,
      }),
    ]);
    expect(resources).toEqual([
      {
        provider: 'AWS',
        accountId: '111111111111',
        accountName: 'shop-prod',
        resourceId: line.ResourceId,
        name: 'checkout',
        type: 'Function',
        region: 'eu-west-1',
        tags: { team: 'shop' },
      },
    ]);
    expect(services).toEqual([
      { provider: 'AWS', name: 'AWS Lambda', category: 'Compute' },
    ]);
    expect(ending).toMatchObject({
      type: 'complete',
      rowsRead: 3,
      totals: [{ currency: 'USD', effective: '3.75', billed: '4.5' }],
      problems: [],
    });
  });

  it('keeps corrections apart, also those of months before, on their own day', async () => {
    const { rows } = await september([
      line,
      {
        ...line,
        BilledCost: '-0.5',
        EffectiveCost: '-0.5',
        ChargeClass: 'Correction',
        ChargePeriodStart: '2026-07-03T00:00:00Z',
      },
    ]);
    expect(rows).toMatchObject([
      { date: '2026-07-03', correction: true, billedNanos: -500_000_000n },
      { date: '2026-09-10', correction: false },
    ]);
  });

  it('keeps credits, tax and support gross, on the account where they name no resource', async () => {
    const none = { ResourceId: '', ResourceName: '', Tags: '' };
    const { rows, resources } = await september([
      line,
      {
        ...line,
        ...none,
        ChargeCategory: 'Credit',
        BilledCost: '-9',
        EffectiveCost: '-9',
      },
      {
        ...line,
        ...none,
        ChargeCategory: 'Tax',
        BilledCost: '2',
        EffectiveCost: '2',
      },
      {
        ...line,
        ...none,
        ServiceName: 'AWS Support (Business)',
        BilledCost: '3',
      },
      { ...line, ...none, ChargeCategory: 'Tax', SubAccountId: '222222222222' },
    ]);
    expect(
      resources.map(({ resourceId, accountId }) => [resourceId, accountId]),
    ).toEqual([
      ['', '111111111111'],
      ['', '222222222222'],
      [line.ResourceId, '111111111111'],
    ]);
    expect(
      rows.map(({ resource, category, billedNanos }) => [
        resource,
        category,
        billedNanos,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [0, 'Credit', -9_000_000_000n],
        [0, 'Tax', 2_000_000_000n],
        [0, 'Usage', 3_000_000_000n],
        [1, 'Tax', 1_500_000_000n],
        [2, 'Usage', 1_500_000_000n],
      ]),
    );
  });

  it('gives unused commitments to the commitment and counts purchases once each way', async () => {
    const commitment = 'arn:aws:savingsplans::111111111111:savingsplan/abc';
    const { rows } = await september([
      { ...line, CommitmentDiscountStatus: 'Used', BilledCost: '0' },
      {
        ...line,
        ResourceId: commitment,
        CommitmentDiscountStatus: 'Unused',
        BilledCost: '0',
        EffectiveCost: '4',
      },
      {
        ...line,
        ResourceId: commitment,
        ChargeCategory: 'Purchase',
        BilledCost: '100',
        EffectiveCost: '0',
        ChargePeriodStart: '2026-09-01T00:00:00Z',
        ChargePeriodEnd: '2027-09-01T00:00:00Z',
      },
    ]);
    expect(rows).toMatchObject([
      { resourceId: line.ResourceId, commitment: 'Used', billedNanos: 0n },
      {
        resourceId: commitment,
        category: 'Purchase',
        date: '2026-09-01',
        commitment: undefined,
        billedNanos: 100_000_000_000n,
        effectiveNanos: 0n,
      },
      {
        resourceId: commitment,
        commitment: 'Unused',
        billedNanos: 0n,
        effectiveNanos: 4_000_000_000n,
      },
    ]);
  });

  it('never adds currencies up', async () => {
    const { rows, ending } = await september([
      line,
      { ...line, BillingCurrency: 'EUR' },
      { ...line, BillingCurrency: 'EUR' },
    ]);
    expect(
      rows.map(({ currency, billedNanos }) => [currency, billedNanos]),
    ).toEqual([
      ['EUR', 3_000_000_000n],
      ['USD', 1_500_000_000n],
    ]);
    expect(ending).toMatchObject({
      totals: [
        { currency: 'EUR', effective: '2.5', billed: '3' },
        { currency: 'USD', effective: '1.25', billed: '1.5' },
      ],
    });
  });

  it('does not lose what is tiny before it is added up', async () => {
    const { rows, ending } = await september(
      Array.from({ length: 10 }, () => ({
        ...line,
        BilledCost: '4e-10',
        EffectiveCost: '0.00000000004',
      })),
    );
    expect(rows).toMatchObject([{ billedNanos: 4n, effectiveNanos: 0n }]);
    expect(ending).toMatchObject({
      totals: [{ billed: '0.000000004', effective: '0.0000000004' }],
    });
  });

  it('keeps the total of a service, however many tiny rows it has', async () => {
    const { rows } = await september(
      Array.from({ length: 1_000 }, (_, i) => ({
        ...line,
        ResourceId: `r${i}`,
        BilledCost: '0.0000000004',
      })),
    );
    expect(rows).toHaveLength(1_000);
    expect(rows.reduce((sum, { billedNanos }) => sum + billedNanos, 0n)).toBe(
      400n,
    );
  });

  it('counts a line on the day it starts, in UTC; its end is exclusive', async () => {
    const { rows } = await september([
      {
        ...line,
        ChargePeriodStart: '2026-09-30T00:00:00Z',
        ChargePeriodEnd: '2026-10-01T00:00:00Z',
      },
      {
        ...line,
        ChargePeriodStart: '2026-09-20T01:00:00+02:00',
        ChargePeriodEnd: '2026-09-20T02:00:00+02:00',
      },
      {
        ...line,
        ChargePeriodStart: '2026-09-01T00:00:00Z',
        ChargePeriodEnd: '2026-10-01T00:00:00Z',
      },
    ]);
    expect(rows.map(({ date }) => date)).toEqual([
      '2026-09-01',
      '2026-09-19',
      '2026-09-30',
    ]);
  });

  it('takes a line whose category nobody knows as an adjustment, and says so', async () => {
    const { rows, ending } = await september([
      { ...line, ChargeCategory: 'Gift' },
    ]);
    expect(rows).toMatchObject([{ category: 'Adjustment' }]);
    expect(ending).toMatchObject({
      problems: [{ severity: 'warning', column: 'ChargeCategory' }],
    });
  });

  it('describes a resource as its latest line does', async () => {
    const { resources } = await september([
      {
        ...line,
        ChargePeriodStart: '2026-09-12',
        Tags: '{"team":"new"}',
        RegionId: 'eu-west-2',
      },
      { ...line, ChargePeriodStart: '2026-09-11', Tags: '{"team":"old"}' },
    ]);
    expect(resources).toMatchObject([
      { region: 'eu-west-2', tags: { team: 'new' } },
    ]);
  });

  it('tells resources of two providers with one id apart', async () => {
    const { resources, rows } = await september([
      { ...line, ResourceId: 'db-1' },
      { ...line, ResourceId: 'db-1', ProviderName: 'GCP' },
    ]);
    expect(resources.map(({ provider }) => provider)).toEqual(['AWS', 'GCP']);
    expect(rows).toHaveLength(2);
  });

  it('comes by resource, then by day, at most 5,000 rows at once', async () => {
    const lines = Array.from({ length: 6_000 }, (_, i) => ({
      ...line,
      ResourceId: `r-${(i * 7) % 300}`,
      ChargePeriodStart: `2026-09-${String(1 + (i % 20)).padStart(2, '0')}`,
    }));
    const { rows } = await september(lines);
    const sorted = [...rows].sort(
      (a, b) => a.resource - b.resource || a.day - b.day,
    );
    expect(rows).toEqual(sorted);
    expect(rows.reduce((sum, row) => sum + row.billedNanos, 0n)).toBe(
      9_000_000_000_000n,
    );
  });
});
