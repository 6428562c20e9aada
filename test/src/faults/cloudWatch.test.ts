import {
  CloudWatchEndpoint,
  CostExplorerEndpoint,
} from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';
import { moveClock } from '../lib/clock';
import { CostExplorerPortal } from '../lib/CostExplorerPortal';

jest.setTimeout(120_000);

const SHOP = '111111111111';
const LAB = '222222222222';

const days = (value: number) =>
  Object.fromEntries(
    Array.from({ length: 21 }, (_, i) => [
      `2026-11-${`${i + 1}`.padStart(2, '0')}`,
      value,
    ]),
  );

const requestsOf = (api: string) => ({
  metric: 'requests',
  entity: `component:default/${api}`,
  namespace: 'AWS/ApiGateway',
  metricName: 'Count',
  dimensions: { ApiName: api },
});

let costs: CostExplorerEndpoint;
let metrics: CloudWatchEndpoint;
let portal: CostExplorerPortal;
let restoreClock = () => {};

beforeEach(async () => {
  restoreClock = moveClock(new Date('2026-11-22T08:00:00Z'));
  costs = await CostExplorerEndpoint.start({
    bill: {
      charges: ['checkout', 'trial'].map(service => ({
        account: SHOP,
        from: '2026-11-01',
        to: '2026-11-21',
        service: 'AWS Lambda',
        tags: { service },
        amortized: '3',
      })),
    },
  });
  metrics = await CloudWatchEndpoint.start({
    metrics: ['checkout', 'trial'].map(api => ({
      namespace: 'AWS/ApiGateway',
      metricName: 'Count',
      dimensions: { ApiName: api },
      values: days(1_500),
    })),
  });
  const place = { endpoint: metrics.url, region: 'eu-central-1' };
  portal = await CostExplorerPortal.start({
    endpoint: costs,
    entries: [
      { name: 'shop', accountId: SHOP, accessKeyId: 'AKIDSHOP' },
      { name: 'lab', accountId: LAB, accessKeyId: 'AKIDLAB' },
    ],
    services: ['checkout', 'trial'],
    plumbline: {
      unitCosts: [{ metric: 'requests', label: 'requests', per: 1_000 }],
      cloudWatch: [
        {
          ...place,
          name: 'shop',
          accountId: SHOP,
          metrics: [requestsOf('checkout')],
        },
        {
          ...place,
          name: 'lab',
          accountId: LAB,
          metrics: [requestsOf('trial')],
        },
      ],
    },
  });
  await portal.collect('shop');
});

afterEach(async () => {
  await portal.stop();
  restoreClock();
  await metrics.close();
  await costs.close();
});

async function unitCostOf(service: string) {
  const response = await portal.get(
    `/v1/entities/component/default/${service}/costs?from=2026-11-01&to=2026-11-11`,
  );
  expect(response.status).toBe(200);
  const { unitCosts } = await response.json();
  return unitCosts[0];
}

it('tells what a thousand requests cost, and names the account that may not be read', async () => {
  metrics.fail('AccessDeniedException', { accessKeyId: 'AKIDLAB' });
  await portal.collectSource('cloudwatch:shop');
  await portal.collectSource('cloudwatch:lab');

  const sources = await portal.sources();
  expect(sources['cloudwatch:shop']).toMatchObject({
    domain: 'usage',
    lastRun: { state: 'succeeded', paidCalls: 16 },
    paidCallsToday: 16,
    dataThrough: '2026-11-21',
  });
  expect(sources['cloudwatch:lab']).toMatchObject({
    lastRun: {
      state: 'failed',
      // Though the clock here is days behind that of the endpoint.
      paidCalls: 1,
      problems: [{ missingRight: 'cloudwatch:GetMetricData' }],
    },
  });
  expect(await unitCostOf('checkout')).toMatchObject({
    state: 'known',
    sources: ['cloudwatch:shop'],
    // Three dollars for 1,500 requests a day.
    currencies: [{ currency: 'USD', usage: '15000', unitCost: '2' }],
  });
  // Nothing is known of its requests, so nothing is said.
  expect(await unitCostOf('trial')).toBeUndefined();
});

it('keeps what was read when the role expires', async () => {
  await portal.collectSource('cloudwatch:shop');
  const before = await unitCostOf('checkout');
  metrics.fail('ExpiredTokenException');
  await portal.collectSource('cloudwatch:shop');

  const { 'cloudwatch:shop': source } = await portal.sources();
  expect(source.lastRun).toMatchObject({
    state: 'failed',
    problems: [{ message: expect.stringContaining('have expired') }],
  });
  expect(await unitCostOf('checkout')).toEqual(before);
});
