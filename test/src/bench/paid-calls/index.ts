import { CostExplorerEndpoint } from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';
import { moveClock } from '../../lib/clock';
import { CostExplorerPortal } from '../../lib/CostExplorerPortal';
import { report, say } from '../lib';
import { billOf, servicesOf } from './bill';

const ENTITIES = 500;
const VIEWS = 1_000;
const NAME = 'org';
const FIRST_DAY = '2026-11-10';
/** The history is read before the day that is measured, within the calls of so many days at most. */
const DAYS = 15;
const VIEWERS = 10;

type Page = (service: string) => string;

/** What people look at: the pages of an entity, those of all, and the setup page. */
const PAGES: Page[] = [
  (service: string) => `/v1/entities/component/default/${service}/overview`,
  (service: string) =>
    `/v1/entities/component/default/${service}/costs?from=2026-11-01&to=2026-11-25&granularity=day&groupBy=service`,
  (service: string) =>
    `/v1/entities/component/default/${service}/costs?from=2026-09-01&to=2026-11-25&granularity=month&groupBy=resource`,
  (service: string) =>
    `/v1/entities/component/default/${service}/charges?from=2026-11-01&to=2026-11-25&currency=USD`,
  () => '/v1/portfolio?by=owner&from=2025-11&to=2026-11',
  () =>
    '/v1/unallocated?bucket=unallocated&from=2026-11-01&to=2026-11-25&groupBy=account',
  () => '/v1/statements',
  () => '/v1/reconcile',
  () => '/v1/status',
];

/** How many paid calls page views make, and how many a whole day does, as Cost Explorer counts them. */
export async function run(): Promise<void> {
  const services = servicesOf(ENTITIES);
  const endpoint = await CostExplorerEndpoint.start({
    bill: billOf(services, '2025-10-01', '2026-11-30'),
  });
  let restoreClock = moveClock(morningOf(0));
  const portal = await CostExplorerPortal.start({
    endpoint,
    entries: [
      { name: NAME, accountId: '111111111111', accessKeyId: 'AKIDBENCH' },
    ],
    services,
  });
  try {
    let day = 0;
    for (let state = ''; state !== 'succeeded' && day < DAYS; day++) {
      restoreClock();
      restoreClock = moveClock(morningOf(day));
      state = await collect(portal, endpoint);
    }
    restoreClock();
    restoreClock = moveClock(morningOf(day));
    const morning = endpoint.calls.length;
    await portal.runAllTasks();
    const noon = endpoint.calls.length;
    await view(portal, services);
    const evening = endpoint.calls.length;
    report({
      name: 'paidCalls.views',
      value: evening - noon,
      unit: 'calls',
      against: `0 by ${VIEWS} page views of ${ENTITIES} entities`,
    });
    report({
      name: 'paidCalls.perDay',
      value: evening - morning,
      unit: 'calls',
      against: '30 a day at most',
    });
  } finally {
    await portal.stop();
    restoreClock();
    await endpoint.close();
  }
}

function morningOf(day: number): Date {
  return new Date(Date.parse(`${FIRST_DAY}T04:00:00Z`) + day * 86_400_000);
}

/** @returns the state of the run */
async function collect(
  portal: CostExplorerPortal,
  endpoint: CostExplorerEndpoint,
): Promise<string> {
  const before = endpoint.calls.length;
  await portal.collect(NAME);
  const { [`cost-explorer:${NAME}`]: source } = await portal.sources();
  const state = source.lastRun?.state ?? 'unknown';
  say(
    `${new Date().toISOString().slice(0, 10)}: ${state}, ${
      endpoint.calls.length - before
    } paid calls, data through ${source.dataThrough}`,
  );
  return state;
}

async function view(
  portal: CostExplorerPortal,
  services: string[],
): Promise<void> {
  const paths = Array.from({ length: VIEWS }, (_, i) =>
    PAGES[i % PAGES.length](services[i % services.length]),
  );
  await Promise.all(
    Array.from({ length: VIEWERS }, async () => {
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        const response = await portal.get(path);
        if (!response.ok) {
          throw new Error(
            `${path} answers ${response.status}: ${await response.text()}`,
          );
        }
        await response.arrayBuffer();
      }
    }),
  );
}
