import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
} from '@aws-sdk/client-cost-explorer';
import type { CostOrigin } from '@plumbline/backstage-plugin-plumbline-node';
import { execFileSync } from 'node:child_process';
import {
  budgetOf,
  charge,
  collect,
  DATA,
  NOW,
  SHOP,
  sourceOf,
} from './__testUtils__/fixtures';
import { CostExplorerEndpoint } from '../testUtils';

let endpoint: CostExplorerEndpoint;

beforeEach(async () => {
  endpoint = await CostExplorerEndpoint.start({
    bill: {
      charges: [
        { ...charge, from: '2026-10-20' },
        { ...charge, tags: { service: "it's" }, amortized: '2' },
        { ...charge, account: DATA, service: 'Amazon S3', amortized: '4' },
        { ...charge, recordType: 'Tax', service: 'Tax', to: undefined },
        { ...charge, recordType: 'SavingsPlanCoveredUsage', unblended: '3' },
      ],
    },
    now: () => NOW,
    pageSize: 7,
  });
});

afterEach(() => endpoint.close());

/** What the AWS command line would make of a command: the request. */
function requestOf(command: string): GetCostAndUsageCommandInput {
  const [aws, ce, operation, ...words] = execFileSync('sh', [
    '-c',
    `printf '%s\\n' ${command}`,
  ])
    .toString()
    .trim()
    .split('\n');
  expect([aws, ce, operation]).toEqual(['aws', 'ce', 'get-cost-and-usage']);
  const options = new Map<string, string[]>();
  let option = '';
  for (const word of words) {
    if (word.startsWith('--')) {
      option = word;
    } else {
      options.set(option, [...(options.get(option) ?? []), word]);
    }
  }
  const one = (name: string) => options.get(name)?.[0] ?? '';
  const [, from, to] = /^Start=(.*),End=(.*)$/.exec(one('--time-period')) ?? [];
  return {
    TimePeriod: { Start: from, End: to },
    Granularity: one('--granularity') as 'DAILY',
    Metrics: options.get('--metrics'),
    GroupBy: JSON.parse(one('--group-by')),
    ...(one('--filter') && { Filter: JSON.parse(one('--filter')) }),
  };
}

/** How many lines of a month a command gives. */
async function linesOf(command: string, month: string): Promise<number> {
  const client = new CostExplorerClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  let lines = 0;
  let NextPageToken: string | undefined;
  do {
    const page = await client.send(
      new GetCostAndUsageCommand({ ...requestOf(command), NextPageToken }),
    );
    for (const { TimePeriod, Groups = [] } of page.ResultsByTime ?? []) {
      lines += TimePeriod?.Start?.startsWith(month) ? Groups.length : 0;
    }
    NextPageToken = page.NextPageToken;
  } while (NextPageToken);
  client.destroy();
  return lines;
}

it('names the queries that gave a month, as a person runs them', async () => {
  const months = await collect(sourceOf(endpoint, { maxDetailAccounts: 1 }), {
    budget: budgetOf(200),
  });
  for (const month of ['2026-10', '2026-11']) {
    const { ending } = months[month];
    const origins: CostOrigin[] =
      ending.type === 'complete' ? ending.origins ?? [] : [];
    expect(origins.length).toBeGreaterThan(2);
    for (const { kind, name, rows } of origins) {
      expect(kind).toBe('query');
      expect(await linesOf(name, month)).toBe(rows);
    }
    expect(ending).toMatchObject({
      rowsRead: origins.reduce((sum, { rows = NaN }) => sum + rows, 0),
    });
  }
});

it('says which account a query tells of, and as whom it was asked', async () => {
  const { '2026-11': november } = await collect(
    sourceOf(endpoint, { accountId: '999999999999', linkedAccounts: [SHOP] }),
    { budget: budgetOf(200) },
  );
  expect(november.ending).toMatchObject({
    origins: [
      { askedAs: '999999999999', name: expect.stringContaining(SHOP) },
      { accounts: [SHOP], askedAs: '999999999999' },
      { accounts: [SHOP], askedAs: '999999999999' },
    ],
  });
});
