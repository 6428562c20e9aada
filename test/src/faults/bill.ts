import type {
  CostBatch,
  CostSource,
  DailyCost,
} from '@plumbline/backstage-plugin-plumbline-node';

/** Billing months of the bill. */
export const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
const RESOURCES = 200;
const DAYS = 28;

/** What a month costs in nanos, in one version of the bill. */
export function monthSum(version: number): bigint {
  return BigInt(RESOURCES * DAYS) * BigInt(version) * 1_000_000_007n;
}

/** A bill whose amounts tell its version. */
export function billOf(version: number): CostSource {
  return {
    id: 'fault:bill',
    title: 'A bill that is imported while processes die',
    schedule: { frequency: { hours: 6 }, timeout: { minutes: 30 } },
    paidCallsPerDay: 0,
    restatedMonths: 12,
    async *collect({ cursor }) {
      for (const month of MONTHS) {
        if (cursor === undefined || month > cursor) {
          yield* monthOf(month, version);
        }
      }
    },
  };
}

function* monthOf(month: string, version: number): Generator<CostBatch> {
  const first = Date.parse(`${month}-01`) / 86_400_000;
  const nanos = BigInt(version) * 1_000_000_007n;
  yield { type: 'partition', partition: month };
  yield {
    type: 'resources',
    resources: Array.from({ length: RESOURCES }, (_, index) => ({
      provider: 'AWS',
      accountId: '111111111111',
      resourceId: `arn:aws:lambda:eu-central-1:111111111111:function:f${index}`,
      tags: { version: String(version) },
    })),
  };
  yield { type: 'services', services: [{ provider: 'AWS', name: 'Lambda' }] };
  for (let day = first; day < first + DAYS; day += 7) {
    const rows: DailyCost[] = [];
    for (let resource = 0; resource < RESOURCES; resource++) {
      for (let offset = 0; offset < 7; offset++) {
        rows.push({
          resource,
          service: 0,
          day: day + offset,
          currency: 'USD',
          category: 'Usage',
          correction: false,
          effectiveNanos: nanos,
          billedNanos: nanos,
        });
      }
    }
    yield { type: 'rows', rows };
  }
  const sum = String(monthSum(version)).padStart(10, '0');
  const exact = `${sum.slice(0, -9)}.${sum.slice(-9)}`;
  yield {
    type: 'complete',
    partition: month,
    fingerprint: `${month} version ${version}`,
    totals: [{ currency: 'USD', effective: exact, billed: exact }],
    rowsRead: RESOURCES * DAYS,
    problems: [],
    cursor: month,
  };
}
