import { readFile } from 'fs/promises';
import { join } from 'path';
import { temporaryFolder } from '../billing/testing';
import { company } from '../company';
import { exportFigures } from './exportFigures';

describe('exportFigures', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let metrics: string[][];
  let rates: string[][];

  const read = async (name: string) =>
    (await readFile(join(folder.path, name), 'utf8'))
      .trim()
      .split('\n')
      .map(line => line.split(','));
  const of = (component: string, from: string, to: string) =>
    metrics
      .filter(
        ([date, entity]) =>
          entity === `component:default/${component}` &&
          date >= from &&
          date <= to,
      )
      .map(([, , , value]) => Number(value));
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await exportFigures({ directory: folder.path, end: '2026-11-22' });
    metrics = await read('metrics.csv');
    rates = await read('exchange-rates.csv');
  });
  afterAll(() => folder.remove());

  it('has whole counts of components that there are, in the columns of the format', () => {
    const [header, ...rows] = metrics;
    expect(header).toEqual(['date', 'entity', 'metric', 'value']);
    const known = new Set(
      company.resources.map(({ entityRef }) => String(entityRef)),
    );
    for (const [date, entity, metric, value] of rows) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(known.has(entity)).toBe(true);
      expect(['requests', 'orders']).toContain(metric);
      expect(value).toMatch(/^\d+$/);
    }
    expect(rows.at(-1)?.[0]).toBe('2026-11-22');
  });

  it('goes with the seasons of the bill', () => {
    const usual = mean(of('checkout-api', '2025-11-03', '2025-11-16'));
    const [blackFriday] = of('checkout-api', '2025-11-28', '2025-11-28');
    expect(blackFriday / usual).toBeGreaterThan(1.8);
  });

  it('does not rise where only the memory does', () => {
    const before = mean(of('payments-api', '2026-09-01', '2026-10-12'));
    const after = mean(of('payments-api', '2026-10-19', '2026-11-15'));
    expect(after / before).toBeLessThan(1.3);
  });

  it('counts nothing where nobody calls, and has no row where nobody counted', () => {
    expect(of('legacy-importer', '2026-10-01', '2026-10-31')).toEqual(
      new Array(31).fill(0),
    );
    expect(of('notification-sender', '2026-11-01', '2026-11-22')).toHaveLength(
      19,
    );
  });

  it('has a rate on each working day, before the first charge too', () => {
    const [header, ...rows] = rates;
    expect(header).toEqual(['date', 'from', 'to', 'rate']);
    expect(rows[0][0] < metrics[1][0]).toBe(true);
    for (const [date, from, to, rate] of rows) {
      expect([0, 6]).not.toContain(new Date(date).getUTCDay());
      expect([from, to]).toEqual(['USD', 'EUR']);
      expect(Math.abs(Number(rate) - 0.92)).toBeLessThan(0.05);
    }
  });

  it('writes the same again', async () => {
    const before = await readFile(join(folder.path, 'metrics.csv'), 'utf8');
    await exportFigures({ directory: folder.path, end: '2026-11-22' });
    expect(await readFile(join(folder.path, 'metrics.csv'), 'utf8')).toBe(
      before,
    );
  });
});
