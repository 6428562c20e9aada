import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import type { PaidCallBudget } from '@plumbline/backstage-plugin-plumbline-node';
import { CloudWatchApi } from '../cloudWatch/api/CloudWatchApi';
import { CostExplorerApi } from '../costExplorer/api/CostExplorerApi';
import {
  budgetOf,
  charge,
  credentials,
  SHOP,
} from '../costExplorer/__testUtils__/fixtures';
import { CloudWatchEndpoint, CostExplorerEndpoint } from '../testUtils';
import { StsEndpoint } from './__testUtils__/StsEndpoint';

let costs: CostExplorerEndpoint;
let metrics: CloudWatchEndpoint;

beforeEach(async () => {
  costs = await CostExplorerEndpoint.start({ bill: { charges: [charge] } });
  metrics = await CloudWatchEndpoint.start({ metrics: [] });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await costs.close();
  await metrics.close();
});

const DAYS = { first: 20_758, last: 20_759 };

async function askCostExplorer(
  manager = credentials(),
  budget: PaidCallBudget = budgetOf(10),
) {
  const api = await CostExplorerApi.open({
    settings: {
      name: 'test',
      title: 'Test accounts',
      accountId: SHOP,
      region: 'us-east-1',
      endpoint: costs.url,
      detailBy: { type: 'tag', key: 'service' },
      maxDetailAccounts: 10,
      paidCallsPerDay: 30,
      schedule: { frequency: { hours: 24 }, timeout: { hours: 1 } },
      restatedMonths: 1,
    },
    credentials: manager,
    budget,
    signal: new AbortController().signal,
  });
  try {
    return await api.tagKeys(DAYS);
  } finally {
    api.close();
  }
}

async function askCloudWatch(
  manager = credentials(),
  budget: PaidCallBudget = budgetOf(10),
) {
  const api = await CloudWatchApi.open({
    place: { accountId: SHOP, region: 'eu-central-1', endpoint: metrics.url },
    what: 'requests',
    credentials: manager,
    budget,
    signal: new AbortController().signal,
  });
  try {
    return await api.metricData(
      [
        {
          what: 'requests',
          inputs: [],
          query: {
            MetricStat: {
              Metric: { Namespace: 'AWS/ApiGateway', MetricName: 'Count' },
              Period: 86_400,
              Stat: 'Sum',
            },
          },
        },
      ],
      { from: new Date('2026-11-01'), to: new Date('2026-11-02') },
    );
  } finally {
    api.close();
  }
}

describe.each([
  ['Cost Explorer', askCostExplorer, () => costs],
  ['CloudWatch', askCloudWatch, () => metrics],
])('%s', (_, ask, endpointOf) => {
  it.each([
    ['right', 0],
    ['an hour slow', -3_600_000],
    ['an hour fast', 3_600_000],
  ])(
    'pays once where a right is missing and the clock is %s',
    async (_clock, offset) => {
      const now = Date.now.bind(Date);
      jest.spyOn(Date, 'now').mockImplementation(() => now() + offset);
      endpointOf().fail('AccessDeniedException');
      const budget = budgetOf(10);
      await expect(ask(credentials(), budget)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      expect(endpointOf().calls).toHaveLength(1);
      expect(budget.spent).toBe(1);
    },
  );
});

describe('a role of another account', () => {
  const before = process.env.AWS_ENDPOINT_URL_STS;
  let sts: StsEndpoint;

  beforeEach(async () => {
    sts = await StsEndpoint.start({
      externalId: 'known-to-this-portal',
      accessKeyId: 'ASIAOFTHEROLE',
    });
    process.env.AWS_ENDPOINT_URL_STS = sts.url;
  });

  afterEach(async () => {
    if (before === undefined) {
      delete process.env.AWS_ENDPOINT_URL_STS;
    } else {
      process.env.AWS_ENDPOINT_URL_STS = before;
    }
    await sts.close();
  });

  /** As Backstage reads it from the configuration. */
  const managerOf = (account: object) =>
    DefaultAwsCredentialsManager.fromConfig(
      new ConfigReader({
        aws: {
          mainAccount: { accessKeyId: 'AKIDMAIN', secretAccessKey: 'secret' },
          accounts: [
            { accountId: SHOP, roleName: 'plumbline-cost-reader', ...account },
          ],
        },
      }),
    );

  it.each([
    ['Cost Explorer', askCostExplorer, () => costs],
    ['CloudWatch', askCloudWatch, () => metrics],
  ])(
    'is taken on for %s with the external id of the configuration',
    async (_, ask, endpointOf) => {
      await ask(
        managerOf({
          externalId: 'known-to-this-portal',
          region: 'eu-west-1',
        }),
      );
      expect(sts.requests).toEqual([
        {
          accessKeyId: 'AKIDMAIN',
          region: 'eu-west-1',
          parameters: {
            Action: 'AssumeRole',
            Version: '2011-06-15',
            RoleArn: `arn:aws:iam::${SHOP}:role/plumbline-cost-reader`,
            RoleSessionName: 'backstage',
            ExternalId: 'known-to-this-portal',
          },
        },
      ]);
      expect(endpointOf().calls[0].accessKeyId).toBe('ASIAOFTHEROLE');
    },
  );

  it.each([{}, { externalId: 'of-another-portal' }])(
    'is not taken on with %j, and that is said',
    async account => {
      await expect(askCostExplorer(managerOf(account))).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('its external id'),
        problems: [{ missingRight: 'sts:AssumeRole' }],
      });
      expect(costs.calls).toEqual([]);
    },
  );
});
