import { parseCoverageQuery } from './parseCoverageQuery';

describe('parseCoverageQuery', () => {
  it('asks for the first page where nothing is said', () => {
    expect(parseCoverageQuery({})).toEqual({ offset: 0, limit: 200 });
    expect(
      parseCoverageQuery({
        month: '2026-03',
        currency: 'EUR',
        cursor: '20',
        limit: '10',
      }),
    ).toEqual({ month: '2026-03', currency: 'EUR', offset: 20, limit: 10 });
  });

  it.each([
    [{ month: '2026-13' }, /month/],
    [{ limit: '0' }, /limit/],
    [{ limit: '501' }, /limit/],
  ])('refuses %j', (query, message) => {
    expect(() => parseCoverageQuery(query)).toThrow(message);
  });
});
