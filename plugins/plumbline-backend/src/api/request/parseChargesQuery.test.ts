import { parseChargesQuery } from './parseChargesQuery';

const window = { from: '2026-01-01', to: '2026-02-01', currency: 'USD' };

describe('parseChargesQuery', () => {
  it('fills in what is left out', () => {
    expect(parseChargesQuery(window)).toEqual({
      window: { from: 20454, to: 20485 },
      currency: 'USD',
      basis: 'effective',
      scope: 'own',
      limit: 100,
    });
  });

  it('takes what is said', () => {
    const said = {
      basis: 'billed',
      scope: 'with-dependencies',
      environment: 'prod',
      service: 'AWS Lambda',
      resource: 'arn',
      category: 'Tax',
      cursor: 'abc',
    } as const;
    expect(parseChargesQuery({ ...window, ...said, limit: '7' })).toMatchObject(
      { ...said, limit: 7 },
    );
  });

  it.each(['0', '1001', '1.5', 'x'])('refuses a limit of %s', limit => {
    expect(() => parseChargesQuery({ ...window, limit })).toThrow(
      "'limit' must be from 1 to 1000",
    );
  });

  it('refuses a window that makes no sense', () => {
    expect(() => parseChargesQuery({ ...window, to: '2025-01-01' })).toThrow(
      /must be after/,
    );
  });
});
