import { parsePortfolioQuery } from './parsePortfolioQuery';

const year = { by: 'owner', from: '2025-11', to: '2026-11' } as const;

describe('parsePortfolioQuery', () => {
  it('fills in what is left out', () => {
    expect(parsePortfolioQuery(year)).toEqual({
      ...year,
      basis: 'effective',
      sort: 'total',
      order: 'desc',
      scope: {},
      limit: 100,
    });
    expect(parsePortfolioQuery({ ...year, sort: 'name' }).order).toBe('asc');
  });

  it('takes what is said', () => {
    expect(
      parsePortfolioQuery({
        ...year,
        by: 'entity',
        basis: 'billed',
        environment: 'prod',
        currency: 'EUR',
        search: ' Check ',
        sort: 'difference',
        order: 'asc',
        owner: 'Group:Default/Shop',
        system: 'none',
        cursor: '5-0123456789abcdef',
        limit: '7',
      }),
    ).toEqual({
      ...year,
      by: 'entity',
      basis: 'billed',
      environment: 'prod',
      currency: 'EUR',
      search: 'check',
      sort: 'difference',
      order: 'asc',
      scope: { owner: 'group:default/shop', system: 'none' },
      cursor: '5-0123456789abcdef',
      limit: 7,
    });
  });

  it('searches for nothing where there is nothing to search for', () => {
    expect(parsePortfolioQuery({ ...year, search: '  ' })).not.toHaveProperty(
      'search',
    );
  });

  it.each([
    [{ from: '2026-13' }, /'from' \(2026-13\) is no month/],
    [{ to: '2026-1' }, /'to' \(2026-1\) is no month/],
    [{ to: '0000-01' }, /'to' \(0000-01\) is no month of the years/],
    [{ from: '2026-12' }, /'to' \(2026-11\) must not be before 'from'/],
    [{ from: '2024-10' }, /25 months at most/],
    [{ limit: '0' }, /'limit' must be from 1 to 500/],
    [{ limit: '501' }, /'limit' must be from 1 to 500/],
    [{ owner: 'group:' }, /'owner' is wrong/],
  ])('refuses %p', (change, message) => {
    expect(() => parsePortfolioQuery({ ...year, ...change })).toThrow(message);
  });

  it('takes 25 months', () => {
    expect(parsePortfolioQuery({ ...year, from: '2024-11' }).from).toBe(
      '2024-11',
    );
  });
});
