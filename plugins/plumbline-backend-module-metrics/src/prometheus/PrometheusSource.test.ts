import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { UsageBatch } from '@plumbline/backstage-plugin-plumbline-node';
import { usageSourceConformance } from '@plumbline/backstage-plugin-plumbline-node/testUtils';
import { readPrometheusConfigs } from '../config';
import { PrometheusClient } from './PrometheusClient';
import { PrometheusSource } from './PrometheusSource';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

let server: Server;
let asked: { url: URL; authorization?: string }[];
let answer: (url: URL) => Answer | undefined;

/** One series, a value at every step: how many days after 1970 it is. */
const steadily = (labels: Record<string, string>) => (url: URL) => {
  const [start, end, step] = ['start', 'end', 'step'].map(name =>
    Number(url.searchParams.get(name)),
  );
  const values: [number, string][] = [];
  for (let at = start; at <= end; at += step) {
    values.push([at, `${at / step - 1}.5`]);
  }
  return {
    body: {
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: labels, values }] },
    },
  };
};

beforeEach(async () => {
  asked = [];
  answer = steadily({ service: 'shop' });
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    asked.push({ url, authorization: request.headers.authorization });
    const given = answer(url);
    if (given) {
      response.writeHead(given.status ?? 200, given.headers);
      response.end(
        typeof given.body === 'string'
          ? given.body
          : JSON.stringify(given.body),
      );
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function sourceOf(more: object = {}, now = '2026-09-03T10:00:00Z') {
  const { port } = server.address() as AddressInfo;
  const [config] = readPrometheusConfigs(
    new ConfigReader({
      plumbline: {
        metrics: {
          prometheus: [
            {
              name: 'shop',
              baseUrl: `http://127.0.0.1:${port}/prom`,
              token: 'hush',
              timeout: { milliseconds: 500 },
              queries: [
                {
                  metric: 'requests',
                  query: 'sum by (service) (increase(x[1d]))',
                  entityLabel: 'service',
                },
              ],
              ...more,
            },
          ],
        },
      },
    }),
  );
  return PrometheusSource.create({
    config,
    client: PrometheusClient.create({ ...config, retryDelayMs: 1 }),
    now: () => new Date(now),
  });
}

async function collect(
  source: PrometheusSource,
  published: ReadonlyMap<string, string> = new Map(),
  window = { from: '2026-08', to: '2026-09' },
): Promise<UsageBatch[]> {
  const batches: UsageBatch[] = [];
  for await (const batch of source.collect({
    window,
    published,
    budget: { remaining: 0, spend: async () => {} },
    signal: new AbortController().signal,
    logger: mockServices.logger.mock(),
  })) {
    batches.push(batch);
  }
  return batches;
}

it.each(
  usageSourceConformance(async () => ({
    source: sourceOf(),
    window: { from: '2026-07', to: '2026-09' },
  })),
)('$rule', async ({ check }) => {
  await expect(check()).resolves.toBeUndefined();
});

it('asks for the total of each day at the midnight after it, up to yesterday', async () => {
  const batches = await collect(sourceOf());
  expect(
    asked.map(({ url }) => [url.pathname, ...url.searchParams.values()]),
  ).toEqual([
    [
      '/prom/api/v1/query_range',
      'sum by (service) (increase(x[1d]))',
      '1785628800',
      '1788220800',
      '86400',
    ],
    [
      '/prom/api/v1/query_range',
      'sum by (service) (increase(x[1d]))',
      '1788307200',
      '1788393600',
      '86400',
    ],
  ]);
  expect(asked[0].authorization).toBe('Bearer hush');
  expect(batches.slice(3)).toMatchObject([
    { type: 'partition', partition: '2026-09' },
    {
      type: 'rows',
      rows: [
        { entityRef: 'component:default/shop', day: 20_697, value: '20697.5' },
        { day: 20_698, value: '20698.5' },
      ],
    },
    { type: 'complete', dataThrough: 20_698 },
  ]);
});

it('leaves out what is no number and names series without an entity', async () => {
  answer = () => ({
    body: {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          { metric: {}, values: [[1788307200, '1']] },
          {
            metric: { service: 'System:Shop' },
            values: [
              [1788307200, 'NaN'],
              [1788393600, '1.5e+06'],
            ],
          },
        ],
      },
    },
  });
  const batches = await collect(sourceOf(), new Map(), {
    from: '2026-09',
    to: '2026-09',
  });
  expect(batches[1]).toEqual({
    type: 'rows',
    rows: [
      {
        entityRef: 'system:default/shop',
        metric: 'requests',
        day: 20_698,
        value: '1500000',
      },
    ],
  });
  expect(batches[2]).toMatchObject({
    problems: [
      {
        severity: 'warning',
        message: expect.stringContaining(
          "names no entity by its label 'service'",
        ),
      },
      {
        severity: 'warning',
        message: expect.stringContaining('is NaN on 2026-09-01'),
      },
    ],
  });
});

it('keeps what the server has forgotten', async () => {
  const [, , complete] = await collect(sourceOf());
  const published = new Map([
    ['2026-08', complete.type === 'complete' ? complete.fingerprint : ''],
    ['2026-09', '20697 20698 x'],
  ]);
  answer = url => {
    const { body } = steadily({ service: 'shop' })(url);
    body.data.result[0].values = body.data.result[0].values.slice(-1);
    return { body };
  };
  expect(await collect(sourceOf(), published)).toMatchObject([
    { type: 'unchanged', partition: '2026-08' },
    {
      type: 'failed',
      partition: '2026-09',
      problems: [
        {
          message: expect.stringContaining(
            'has forgotten the days before 2026-09-02',
          ),
        },
      ],
    },
  ]);
});

it.each<[string, Answer, RegExp, number]>([
  [
    'a token that is not accepted',
    { status: 401, body: '' },
    /AuthenticationError.*does not accept the token/,
    1,
  ],
  [
    'a token without rights',
    { status: 403, body: '' },
    /NotAllowedError.*does not let the token/,
    1,
  ],
  [
    'a server in trouble',
    { status: 503, body: '' },
    /answered with status 503/,
    3,
  ],
])('gives up on %s', async (_, given, message, calls) => {
  answer = () => given;
  await expect(
    collect(sourceOf()).catch(error =>
      Promise.reject(new Error(String(error))),
    ),
  ).rejects.toThrow(message);
  expect(asked).toHaveLength(calls);
});

it.each<[string, Answer, string]>([
  [
    'a query it does not take',
    { status: 400, body: { status: 'error', error: 'parse error at char 3' } },
    'answered: parse error at char 3',
  ],
  [
    'a redirect',
    { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
    'redirects elsewhere',
  ],
  [
    'something else',
    { body: '<html>' },
    'answers in another way than Prometheus does',
  ],
  [
    'another shape',
    { body: { status: 'success', data: { resultType: 'vector', result: [] } } },
    'answers in another way',
  ],
])('fails the month by %s', async (_, given, message) => {
  answer = () => given;
  const [batch] = await collect(sourceOf());
  expect(batch).toMatchObject({
    type: 'failed',
    problems: [
      { severity: 'error', message: expect.stringContaining(message) },
    ],
  });
});

it('does not wait for ever', async () => {
  answer = () => undefined;
  await expect(
    collect(sourceOf({ timeout: { milliseconds: 50 } })),
  ).rejects.toThrow('did not answer within 50 ms');
});
