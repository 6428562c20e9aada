import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  plumblineSourcesExtensionPoint,
  type CostSource,
  type UsageSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import awsModule from './index';
import { charge, collect } from './costExplorer/__testUtils__/fixtures';
import { CostExplorerEndpoint } from './testUtils';

async function allSourcesOf(config: object) {
  const sources: CostSource[] = [];
  const usageSources: UsageSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        plumblineSourcesExtensionPoint,
        {
          addCostSource: (source: CostSource) => void sources.push(source),
          addUsageSource: (source: UsageSource) =>
            void usageSources.push(source),
        },
      ],
    ],
    features: [
      awsModule,
      mockServices.rootConfig.factory({ data: config as never }),
    ],
  });
  await backend.stop();
  return { sources, usageSources };
}

const sourcesOf = async (config: object) =>
  (await allSourcesOf(config)).sources;

it('adds nothing where nothing is configured', async () => {
  expect(await sourcesOf({})).toEqual([]);
});

it('adds each configured entry to the sources, with the credentials of Backstage', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const endpoint = await CostExplorerEndpoint.start({
    bill: { charges: [{ ...charge, from: today, to: today }] },
  });
  const sources = await sourcesOf({
    aws: {
      accounts: [
        {
          accountId: '111111111111',
          accessKeyId: 'AKIDOFACCOUNT',
          secretAccessKey: 'secret',
        },
      ],
    },
    plumbline: {
      costExplorer: [
        {
          name: 'org',
          title: 'The organization',
          accountId: '111111111111',
          endpoint: endpoint.url,
          detailBy: { tag: 'service' },
        },
        { name: 'lab', detailBy: { costCategory: 'Team' } },
      ],
    },
  });
  expect(sources.map(({ id, title }) => [id, title])).toEqual([
    ['cost-explorer:org', 'The organization'],
    ['cost-explorer:lab', 'Cost Explorer lab'],
  ]);
  const month = today.slice(0, 7);
  const partitions = await collect(sources[0], {
    window: { from: month, to: month },
  });
  expect(partitions[month].ending.type).toBe('complete');
  expect(endpoint.calls[0].accessKeyId).toBe('AKIDOFACCOUNT');
  await endpoint.close();
});

it('adds each entry of CloudWatch to the sources of business metrics', async () => {
  const { sources, usageSources } = await allSourcesOf({
    plumbline: {
      cloudWatch: [
        {
          name: 'shop',
          region: 'eu-central-1',
          metrics: [
            {
              metric: 'requests',
              entity: 'component:default/shop',
              namespace: 'AWS/ApiGateway',
              metricName: 'Count',
            },
          ],
        },
      ],
    },
  });
  expect(sources).toEqual([]);
  expect(
    usageSources.map(({ id, title, paidCallsPerDay }) => [
      id,
      title,
      paidCallsPerDay,
    ]),
  ).toEqual([['cloudwatch:shop', 'CloudWatch shop', 30]]);
});
