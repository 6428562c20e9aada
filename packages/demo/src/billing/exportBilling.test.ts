import { join } from 'path';
import { catalogEntities, company } from '../company';
import { scenarios } from '../scenarios';
import { buildLedger } from './buildLedger';
import { ExportCalendar } from './calendar';
import { exportBilling } from './exportBilling';
import { PublishedExport } from './publish';
import { totalsOf } from './totals';
import { ExportReader, temporaryFolder } from './testing';

jest.setTimeout(60_000);

const end = '2026-11-22';
const calendar = ExportCalendar.create({ end });
const dateOf = (relative: number) => calendar.date(calendar.relative(relative));

const mandatory = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let published: PublishedExport;
let reader: ExportReader;

const exportTo = (name: string, options: { asOf?: string } = {}) =>
  exportBilling({ directory: join(folder.path, name), end, ...options });

beforeAll(async () => {
  folder = await temporaryFolder();
  published = await exportTo('first');
  reader = await ExportReader.create(published.directory);
});

afterAll(async () => {
  reader.close();
  await folder.remove();
});

describe('exportBilling', () => {
  it('gives the same bytes for the same seed and end date, others for another seed', async () => {
    const again = await exportTo('again');
    const other = buildLedger({ seed: 2, calendar });
    expect(again.reused).toBe(false);
    expect(again.manifest).toEqual(published.manifest);
    expect(
      totalsOf(other.lines, other.asOf(calendar.days), calendar),
    ).not.toEqual(published.manifest.totals);
  });

  it('leaves an export alone that is there already', async () => {
    await expect(exportTo('first')).resolves.toEqual({
      ...published,
      reused: true,
    });
  });

  it('adds up to the ledger, per provider, currency and billing period', async () => {
    const sums = await reader.rows(`
      SELECT provider, currency, month, count(*)::INTEGER AS rows,
        sum(billed)::DECIMAL(30, 10)::VARCHAR AS "billedCost",
        sum(effective)::DECIMAL(30, 10)::VARCHAR AS "effectiveCost"
      FROM bill GROUP BY ALL ORDER BY provider, currency, month`);
    expect(sums).toEqual(published.manifest.totals);
    expect(sums).toHaveLength(4 * 14);
  });

  it.each([
    ['aws', 'DOUBLE', 'TIMESTAMP'],
    ['azure', 'VARCHAR', 'VARCHAR'],
    ['gcp', 'VARCHAR', 'VARCHAR'],
  ])('has the mandatory FOCUS columns of %s', async (view, cost, time) => {
    const types = new Map(
      (await reader.rows(`DESCRIBE ${view}`)).map(column => [
        column.column_name,
        column.column_type,
      ]),
    );
    expect(mandatory.filter(name => !types.has(name))).toEqual([]);
    expect(types.size).toBeGreaterThanOrEqual(37);
    expect(types.get('BilledCost')).toBe(cost);
    expect(types.get('EffectiveCost')).toBe(cost);
    expect(types.get('ChargePeriodStart')).toBe(time);
    const [nulls] = await reader.rows(`
      SELECT count(*)::INTEGER AS rows FROM ${view}
      WHERE BilledCost IS NULL OR EffectiveCost IS NULL OR BillingCurrency IS NULL
        OR ChargePeriodStart IS NULL OR BillingPeriodStart IS NULL OR ChargeCategory IS NULL`);
    expect(nulls.rows).toBe(0);
  });

  it('is negative in credits and corrections only', async () => {
    const negative = await reader.rows(`
      SELECT DISTINCT category, class FROM bill
      WHERE billed < 0 OR effective < 0 OR quantity < 0 ORDER BY ALL`);
    expect(negative).toEqual([
      { category: 'Credit', class: null },
      { category: 'Usage', class: 'Correction' },
    ]);
  });

  it('charges every resource that the catalog names', async () => {
    const billed = new Set(
      (await reader.rows('SELECT DISTINCT resource FROM bill')).map(
        ({ resource }) => resource,
      ),
    );
    const named = catalogEntities({
      githubUrl: 'http://g',
      giteaUrl: 'http://t',
    })
      .flatMap(({ metadata: { annotations = {} } }) => [
        annotations['aws.amazon.com/arn'],
        annotations['amazon.com/dynamo-db-table-arn'],
        ...(annotations['plumbline.dev/resource-ids']?.split(',') ?? []),
      ])
      .filter(id => id !== undefined);
    const missing = named.filter(id => {
      const resource = company.resources.find(candidate => candidate.id === id);
      return !resource || !billed.has(resource.billedAs);
    });
    expect(named.length).toBeGreaterThan(30);
    expect(missing).toEqual([]);
    expect(
      company.resources.filter(({ billedAs }) => !billed.has(billedAs)),
    ).toEqual([]);
  });

  it('writes tags as a map on AWS and as JSON elsewhere', async () => {
    const [aws] = await reader.rows(
      `SELECT DISTINCT Tags['plumbline:entity'] AS entity FROM aws WHERE ResourceId LIKE '%:function:basket-api-prod'`,
    );
    expect(aws.entity).toBe('component:default/basket-api');
    const [azure] = await reader.rows(
      `SELECT DISTINCT json_extract_string(Tags, '$."plumbline:entity"') AS entity FROM azure WHERE ResourceId LIKE '%/returns-portal-prod'`,
    );
    expect(azure.entity).toBe('component:default/returns-portal');
    const [acquired] = await reader.rows(
      `SELECT bool_or(Tags IS NOT NULL AND ResourceId NOT LIKE '%:function:tidemark-newsletter') AS others,
        max(Tags['app']) AS app, count(*) > 1000 AS many FROM aws WHERE SubAccountName = 'tidemark-gear'`,
    );
    expect(acquired).toEqual({
      others: false,
      app: 'notification-sender',
      many: true,
    });
  });

  it('speaks the dialect of Azure', async () => {
    const [found] = await reader.rows(`
      SELECT bool_and(ResourceId IS NULL OR ResourceId = lower(ResourceId)) AS lowered,
        bool_or(ServiceName IS NULL OR ServiceName = '') AS empty,
        bool_or(ServiceName = 'Unassigned') AS unassigned,
        bool_or(SkuId = '-2') AS minus_two,
        max(ChargePeriodStart) AS last
      FROM azure`);
    expect(found).toEqual({
      lowered: true,
      empty: true,
      unassigned: true,
      minus_two: true,
      last: '2026-11-20T00:00:00Z',
    });
  });

  it('writes times as BigQuery does for Google Cloud', async () => {
    const [found] = await reader.rows(
      'SELECT max(ChargePeriodStart) AS last FROM gcp',
    );
    expect(found.last).toBe('2026-11-21 00:00:00 UTC');
  });

  it('amortises savings plans: what is paid equals what is used and unused, day by day', async () => {
    const days = await reader.rows(`
      SELECT CommitmentDiscountId, ChargePeriodStart,
        round(sum(BilledCost) - sum(EffectiveCost), 8) AS difference,
        count_if(CommitmentDiscountStatus = 'Unused' AND ResourceId IS DISTINCT FROM CommitmentDiscountId) AS astray
      FROM aws WHERE CommitmentDiscountType = 'Compute Savings Plans' GROUP BY ALL`);
    expect(days.length).toBeGreaterThan(350);
    expect(days.filter(({ difference }) => difference !== 0)).toEqual([]);
    expect(days.filter(({ astray }) => astray !== '0')).toEqual([]);
    const [unused] = await reader.rows(`
      SELECT sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Unused') / sum(EffectiveCost) AS share
      FROM aws WHERE CommitmentDiscountName = 'compute-1y-no-upfront-2'`);
    expect(unused.share).toBeGreaterThan(0.12);
    expect(unused.share).toBeLessThan(0.3);
  });
});

describe('scenarios in the bill', () => {
  const usage = (resource: string, from: number, to: number) =>
    reader.rows(`
      SELECT description, avg(quantity) AS mean FROM (
        SELECT date, description, sum(quantity) AS quantity FROM bill
        WHERE category = 'Usage' AND resource = '${resource}'
          AND date BETWEEN '${dateOf(from)}' AND '${dateOf(to)}'
        GROUP BY ALL
      ) GROUP BY ALL`);

  const cases = scenarios.flatMap(({ id, period, effects }) =>
    period ? effects.map(effect => ({ id, period, ...effect })) : [],
  );

  it.each(cases)(
    'shows $id in $resource ($meters)',
    async ({ period, resource, factor, meters }) => {
      const billedAs = company.resources.find(
        ({ name, region }) =>
          name === resource &&
          (region === 'eu-central-1' || region === 'westeurope'),
      )?.billedAs;
      if (!billedAs) {
        throw new Error(`No resource '${resource}'`);
      }
      const to = period.toDay ?? Math.min(0, period.fromDay + 20);
      const weeks = Math.ceil((to - period.fromDay + 1) / 7) * 7;
      const before = await usage(billedAs, period.fromDay - weeks, to - weeks);
      const after = new Map(
        (await usage(billedAs, period.fromDay, to)).map(row => [
          row.description,
          Number(row.mean),
        ]),
      );
      const ratios = before.map(
        row => (after.get(row.description) ?? 0) / Number(row.mean),
      );
      const near = ratios.filter(
        ratio => ratio >= factor * 0.8 && ratio <= factor * 1.25,
      );
      expect(near.length).toBeGreaterThanOrEqual(meters.length);
    },
  );

  it('halves request prices, ends credits and leaves a gap between savings plans', async () => {
    const [price] = await reader.rows(`
      SELECT max(ListUnitPrice) FILTER (ChargePeriodStart < '${dateOf(-200)}') /
        max(ListUnitPrice) FILTER (ChargePeriodStart >= '${dateOf(
          -200,
        )}') AS ratio
      FROM aws WHERE SkuMeter = 'ReadRequestUnits'`);
    expect(price.ratio).toBeCloseTo(2);
    const [credit] = await reader.rows(
      `SELECT max(date) AS last FROM bill WHERE category = 'Credit'`,
    );
    expect(credit.last).toBe(dateOf(-91));
    const [gap] = await reader.rows(`
      SELECT count(*)::INTEGER AS rows FROM aws
      WHERE CommitmentDiscountType = 'Compute Savings Plans'
        AND ChargePeriodStart BETWEEN '${dateOf(-60)}' AND '${dateOf(-46)}'`);
    expect(gap.rows).toBe(0);
  });

  it('is busiest at month end and on Black Friday', async () => {
    const [close] = await reader.rows(`
      SELECT avg(effective) FILTER (day(date::DATE) = 1) / avg(effective) FILTER (day(date::DATE) = 15) AS ratio
      FROM bill WHERE resource LIKE '%:function:month-end-close-prod'`);
    expect(close.ratio).toBeGreaterThan(20);
    const [busiest] = await reader.rows(`
      SELECT date FROM bill WHERE resource LIKE '%:eu-central-1:%:function:basket-api-prod'
      GROUP BY date ORDER BY sum(quantity) DESC LIMIT 1`);
    expect(busiest.date).toBe('2025-11-28');
  });

  it('corrects an earlier month in a later period', async () => {
    const rows = await reader.rows(
      `SELECT date, month, billed::VARCHAR AS billed FROM bill WHERE class = 'Correction'`,
    );
    expect(rows).toEqual([
      {
        date: dateOf(-75),
        month: dateOf(-40).slice(0, 7),
        billed: '-42.1000000000',
      },
    ]);
  });

  it('restates five days and adds late rows when the export is made again', async () => {
    const made = await Promise.all(
      [-7, -6].map(day => exportTo(`asof${day}`, { asOf: dateOf(day) })),
    );
    const [before, after] = await Promise.all(
      made.map(({ directory }) => ExportReader.create(directory)),
    );
    const nat = `SELECT date, description, quantity FROM bill
      WHERE resource LIKE '%natgateway%' AND description LIKE 'Data processed%'
        AND date <= '${dateOf(-10)}' ORDER BY ALL`;
    const [old, renewed] = [await before.rows(nat), await after.rows(nat)];
    const changed = renewed.filter(
      (row, index) => row.quantity !== old[index].quantity,
    );
    expect(changed.map(({ date }) => date)).toEqual(
      [-36, -35, -34, -33, -32].map(dateOf),
    );
    const late = `SELECT count(*)::INTEGER AS rows FROM bill WHERE date = '${dateOf(
      -9,
    )}'`;
    const [[early], [complete]] = [
      await before.rows(late),
      await after.rows(late),
    ];
    expect(Number(complete.rows)).toBeGreaterThan(Number(early.rows));
    before.close();
    after.close();
  });
});
