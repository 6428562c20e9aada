import { parseCostQuery } from './parseCostQuery';

describe('parseCostQuery', () => {
  it('fills in what is left out', () => {
    expect(parseCostQuery({ from: '1970-01-02', to: '1970-02-01' })).toEqual({
      window: { from: 1, to: 31 },
      granularity: 'day',
      groupBy: 'service',
      basis: 'effective',
      scope: 'own',
    });
  });

  it('takes what is said', () => {
    const query = {
      granularity: 'month',
      groupBy: 'resource',
      basis: 'billed',
      scope: 'with-dependencies',
      environment: 'prod',
    } as const;
    expect(
      parseCostQuery({ from: '2026-01-01', to: '2026-01-02', ...query }),
    ).toMatchObject(query);
  });

  it.each([
    ['2026-02-30', '2026-03-01', /'from' is wrong.*2026-02-30/],
    ['2026-02-01', '2026-13-01', /'to' is wrong/],
    ['2026-02-01', '2026-02-01', /'to' \(2026-02-01\) must be after 'from'/],
    ['2026-02-02', '2026-02-01', /must be after/],
    ['2020-01-01', '2026-01-01', /800 days apart at most/],
  ])('refuses %s to %s', (from, to, message) => {
    expect(() => parseCostQuery({ from, to })).toThrow(message);
  });

  it('takes as long as 800 days', () => {
    expect(
      parseCostQuery({ from: '2024-01-01', to: '2026-03-11' }).window,
    ).toEqual({ from: 19723, to: 20523 });
    expect(() =>
      parseCostQuery({ from: '2024-01-01', to: '2026-03-12' }),
    ).toThrow(/800/);
  });
});
