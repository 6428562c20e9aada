import { ConfigReader } from '@backstage/config';
import { readCsvConfigs, readPrometheusConfigs } from './config';

const csv = (...entries: object[]) =>
  readCsvConfigs(
    new ConfigReader({ plumbline: { metrics: { csv: entries } } } as object),
  );
const prometheus = (...entries: object[]) =>
  readPrometheusConfigs(
    new ConfigReader({
      plumbline: { metrics: { prometheus: entries } },
    } as object),
  );
const query = { metric: 'x', query: 'x', entity: 'component:default/x' };
const server = { name: 'p', baseUrl: 'https://p.example/x', queries: [query] };

it('has nothing where nothing is set', () => {
  expect(readCsvConfigs(new ConfigReader({}))).toEqual([]);
  expect(readPrometheusConfigs(new ConfigReader({}))).toEqual([]);
});

it('fills in what is not said', () => {
  expect(csv({ name: 'a', path: 'a.csv' })).toMatchObject([
    { title: 'Metrics a', restatedMonths: 24, place: { path: 'a.csv' } },
  ]);
  const [config] = prometheus(server);
  expect(config).toMatchObject({
    title: 'Prometheus p',
    timeoutMs: 30_000,
    restatedMonths: 0,
  });
  expect(config.baseUrl.href).toBe('https://p.example/x/');
});

it.each<[string, () => unknown]>([
  [
    "plumbline.metrics.csv[0] needs either 'path' or 'url'",
    () => csv({ name: 'a' }),
  ],
  [
    "plumbline.metrics.csv[0].name is 'A b'",
    () => csv({ name: 'A b', path: 'x' }),
  ],
  [
    "plumbline.metrics.csv: two are called 'a'",
    () => csv({ name: 'a', path: 'x' }, { name: 'a', path: 'y' }),
  ],
  [
    'plumbline.metrics.csv[0].restatedMonths is -1; write a whole number from 0',
    () => csv({ name: 'a', path: 'x', restatedMonths: -1 }),
  ],
  [
    'plumbline.metrics.prometheus[0].baseUrl is no URL',
    () => prometheus({ ...server, baseUrl: 'ftp://x' }),
  ],
  ...[
    'https://user:pass@x',
    'https://:pass@x',
    'https://x?token=1',
    'https://x#token',
  ].map((baseUrl): [string, () => unknown] => [
    "plumbline.metrics.prometheus[0].baseUrl holds a user, a password or a query; take it out. A token belongs into 'token'",
    () => prometheus({ ...server, baseUrl }),
  ]),
  [
    "plumbline.metrics.csv[0].url holds a user or a password; take them out. Credentials of Git hosts and buckets belong under 'integrations'",
    () => csv({ name: 'a', url: 'https://:pass@x/a.csv' }),
  ],
  [
    'plumbline.metrics.csv[0].url is no URL',
    () => csv({ name: 'a', url: 'ftp://x/a.csv' }),
  ],
  [
    'plumbline.metrics.prometheus[0].queries is empty',
    () => prometheus({ ...server, queries: [] }),
  ],
  [
    "plumbline.metrics.prometheus[0].queries[0] needs either 'entity' or 'entityLabel'",
    () => prometheus({ ...server, queries: [{ ...query, entityLabel: 'y' }] }),
  ],
  [
    "plumbline.metrics.prometheus[0].queries[0].entity is 'x'",
    () => prometheus({ ...server, queries: [{ ...query, entity: 'x' }] }),
  ],
  [
    "plumbline.metrics.prometheus[0].queries[0].metric is 'a b'",
    () => prometheus({ ...server, queries: [{ ...query, metric: 'a b' }] }),
  ],
])('refuses: %s', (message, read) => {
  expect(read).toThrow(message);
  expect(read).not.toThrow(/pass@|token=1/);
});
