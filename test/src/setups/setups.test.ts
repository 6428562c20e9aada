import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import plumblineAws from '@plumbline/backstage-plugin-plumbline-backend-module-aws';
import { CostExplorerEndpoint } from '@plumbline/backstage-plugin-plumbline-backend-module-aws/testUtils';
import plumblineFocus from '@plumbline/backstage-plugin-plumbline-backend-module-focus';
import { toEntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { Decimal } from 'decimal.js';
import { dayBefore as day, focusBill } from '../lib/focusBill';
import { component, descriptorOf, SetUp } from './SetUp';

jest.setTimeout(120_000);

const checkout = toEntityRef('component:default/checkout-api');
const account = '111122223333';
const lastDays = Array.from({ length: 20 }, (_, index) => day(index + 1));

/** The months of the last 40 days, so that one of them is whole enough whatever day it is. */
const portfolioWindow = {
  by: 'owner' as const,
  from: `${day(40).slice(0, 7)}`,
  to: `${day(0).slice(0, 7)}`,
};

describe('the catalog and its repositories only', () => {
  let setUp: SetUp;
  afterEach(() => setUp.stop());

  it('says what is there, and that cost is not set up', async () => {
    setUp = await SetUp.start({
      modules: [],
      config: {},
      entities: [component('checkout-api'), component('search')],
      files: {
        'https://github.com/acme/search/blob/HEAD/.plumbline.yaml':
          'version: 1\nnonsense: true\n',
      },
    });
    await setUp.runAllTasks();
    const { client } = setUp;

    const status = await client.getStatus();
    expect(status).toMatchObject({
      sources: [],
      catalog: {
        entities: 2,
        repositories: 2,
        repositoryProblems: [{ repository: 'github.com/acme/search' }],
      },
    });
    expect(status.catalog.error).toBeUndefined();
    const overview = await client.getOverview(checkout);
    expect(overview.cost).toMatchObject({
      state: 'not-set-up',
      currencies: [],
    });
    expect(overview.cost?.reason).toMatch(/No cost source is set up/);
    expect(await client.getCoverage()).toMatchObject({
      months: [],
      accounts: [],
    });
    expect((await client.getBindingSuggestions()).items).toEqual([]);
    const portfolio = await client.getPortfolio(portfolioWindow);
    expect(portfolio.headline.state).toBe('not-set-up');
    expect(portfolio.currencies).toEqual([]);
    const { bindings } = await client.getBindings(checkout);
    expect(bindings).toMatchObject([
      { target: { kind: 'repository', repository: 'acme/checkout-api' } },
    ]);
  });
});

describe('a bill only', () => {
  let setUp: SetUp;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'plumbline-setup-'));
  });
  afterEach(async () => {
    await setUp.stop();
    await rm(folder, { recursive: true });
  });

  it('has everything unallocated, and suggestions that become a patch', async () => {
    const arn = `arn:aws:lambda:eu-west-1:${account}:function:checkout-api-prod`;
    await writeFile(
      path.join(folder, 'bill.csv'),
      focusBill({
        account,
        days: lastDays,
        charges: {
          [arn]: '1.25',
          [`arn:aws:lambda:eu-west-1:${account}:function:nobody`]: '0.5',
        },
      }),
    );
    setUp = await SetUp.start({
      modules: [plumblineFocus],
      config: {
        plumbline: { focus: { exports: [{ name: 'aws', path: folder }] } },
      },
      entities: [component('checkout-api')],
      files: {
        [descriptorOf('checkout-api')]:
          'kind: Component\nmetadata:\n  name: checkout-api # ours\n',
      },
    });
    await setUp.runAllTasks();
    const { client } = setUp;

    const { sources } = await client.getStatus();
    expect(sources).toMatchObject([
      { id: 'focus:aws', state: 'fresh', failedMonths: [] },
    ]);
    expect((await client.getOverview(checkout)).cost).toMatchObject({
      state: 'not-set-up',
    });
    const coverage = await client.getCoverage();
    const amounts = coverage.total.amounts!;
    expect(coverage.accounts).toMatchObject([{ accountId: account }]);
    expect(amounts.unallocated).toBe(amounts.total);
    expect(new Decimal(amounts.total).isPositive()).toBe(true);
    expect(coverage.total.allocatedShare).toBe('0');

    const { items } = await client.getBindingSuggestions();
    expect(items).toMatchObject([
      {
        entityRef: checkout,
        resource: { id: arn },
        confidence: 'name',
        ambiguous: false,
        costs: [{ currency: 'USD' }],
      },
    ]);
    const proposal = await client.previewBindingProposal([items[0].id]);
    expect(proposal.byHand).toEqual([]);
    expect(proposal.patches).toMatchObject([
      { repository: 'acme/checkout-api', branch: 'main' },
    ]);
    expect(proposal.patches[0].patch).toContain(
      `+  annotations:\n+    aws.amazon.com/arn: ${arn}\n`,
    );
  });
});

describe('Cost Explorer only', () => {
  let setUp: SetUp;
  let endpoint: CostExplorerEndpoint;
  afterEach(async () => {
    await setUp.stop();
    await endpoint.close();
  });

  it('gives tagged cost to entities, within the paid calls of the day', async () => {
    endpoint = await CostExplorerEndpoint.start({
      bill: {
        charges: ['checkout-api', ''].map(service => ({
          account,
          from: day(20),
          to: day(2),
          service: 'AWS Lambda',
          ...(service && { tags: { service } }),
          amortized: '2.5',
        })),
      },
    });
    setUp = await SetUp.start({
      modules: [plumblineAws],
      config: {
        aws: {
          accounts: [
            { accountId: account, accessKeyId: 'AKIA', secretAccessKey: 's' },
          ],
        },
        plumbline: {
          costExplorer: [
            {
              name: 'main',
              accountId: account,
              endpoint: endpoint.url,
              detailBy: { tag: 'service' },
            },
          ],
        },
      },
      entities: [
        component('checkout-api', {
          'aws.amazon.com/cost-insights-tags': 'service=checkout-api',
        }),
      ],
    });
    await setUp.runAllTasks();
    const { client } = setUp;

    const [source] = (await client.getStatus()).sources;
    expect(source).toMatchObject({
      id: 'cost-explorer:main',
      state: 'fresh',
      paidCallsToday: endpoint.calls.length,
    });
    expect(source.paidCallsToday).toBeGreaterThan(0);
    expect(source.paidCallsToday).toBeLessThanOrEqual(source.paidCallsPerDay);
    const calls = endpoint.calls.length;
    const overview = await client.getOverview(checkout);
    expect(overview.cost?.currencies).toMatchObject([{ currency: 'USD' }]);
    const coverage = await client.getCoverage();
    const { total, claimed, unallocated } = coverage.total.amounts!;
    expect(coverage.accounts).toMatchObject([{ accountId: account }]);
    expect(new Decimal(claimed).times(2).toFixed()).toBe(total);
    expect(unallocated).toBe(claimed);
    await client.getBindingSuggestions();
    // Looking costs nothing.
    expect(endpoint.calls).toHaveLength(calls);
  });
});
