import {
  comparisonText,
  environmentsText,
  formatAgo,
  formatAmount,
  formatAxisAmount,
  formatChange,
  formatDay,
  formatShare,
  freshnessText,
  isNegative,
  isZero,
  membersText,
} from '.';

const now = new Date('2026-11-23T12:00:00Z');

describe('amounts', () => {
  it.each([
    ['1234.5', 'USD', '$1,234.50'],
    ['-12.345', 'USD', '-$12.35'],
    ['0', 'USD', '$0.00'],
    ['0.000000000', 'USD', '$0.00'],
    ['-0.00', 'EUR', '\u20ac0.00'],
    ['0.000000001', 'USD', '< $0.01'],
    ['-0.000000001', 'USD', '> -$0.01'],
    ['0.4', 'JPY', '< \u00a51'],
    ['1499', 'JPY', '\u00a51,499'],
  ])('reads %s %s as %s', (amount, currency, expected) => {
    expect(formatAmount(amount, currency)).toBe(expected);
  });

  it('keeps every digit of an amount that a float cannot hold', () => {
    expect(formatAmount('9007199254740993.25', 'USD')).toBe(
      '$9,007,199,254,740,993.25',
    );
  });

  it.each([
    [0, '$0'],
    [8, '$8'],
    [1200, '$1,200'],
    [0.75, '$0.75'],
    [12.5, '$12.50'],
    [0.025, '$0.025'],
    [-0.0005, '-$0.0005'],
  ])('writes %s beside an axis as %s', (amount, expected) => {
    expect(formatAxisAmount(amount, 'USD')).toBe(expected);
  });

  it('tells zero and negative apart by the exact text', () => {
    expect(isZero('0.000')).toBe(true);
    expect(isZero('0.0000000001')).toBe(false);
    expect(isNegative('-0.0')).toBe(false);
    expect(isNegative('-0.1')).toBe(true);
  });
});

describe('ratios', () => {
  it.each([
    ['0.12', '+12\u00a0%'],
    ['-0.034', '-3.4\u00a0%'],
    ['0', '0\u00a0%'],
    ['1.5', '+150\u00a0%'],
  ])('reads the change %s as %s', (ratio, expected) => {
    expect(formatChange(ratio)).toBe(expected);
  });

  it('never shows a small share as nothing', () => {
    expect(formatShare('0.00002')).toBe('< 0.1\u00a0%');
    expect(formatShare('0.75')).toBe('75\u00a0%');
  });
});

describe('days and ages', () => {
  it('adds the year only where it is another one', () => {
    expect(formatDay('2026-11-21', now)).toBe('21\u00a0Nov');
    expect(formatDay('2025-11-21', now)).toBe('21\u00a0Nov\u00a02025');
  });

  it.each([
    ['2026-11-23T11:59:30Z', 'just now'],
    ['2026-11-23T11:15:00Z', '45\u00a0min\u00a0ago'],
    ['2026-11-23T09:59:00Z', '2\u00a0h\u00a0ago'],
    ['2026-11-20T09:00:00Z', '3\u00a0d\u00a0ago'],
  ])('reads %s as %s', (instant, expected) => {
    expect(formatAgo(instant, now)).toBe(expected);
  });
});

describe('sentences', () => {
  const freshness = {
    state: 'fresh',
    dataThrough: '2026-11-22',
    collectedAt: '2026-11-23T10:00:00Z',
    sources: [],
  } as const;
  const headline = { currency: 'USD', monthToDate: '112', daily: [] };

  it('says how old the figures are', () => {
    expect(freshnessText({ ...freshness, sources: [] }, now)).toBe(
      'Data through 22\u00a0Nov, collected 2\u00a0h\u00a0ago',
    );
    expect(freshnessText({ state: 'unknown', sources: [] }, now)).toBe(
      'No data collected yet',
    );
  });

  it('compares like for like, in words', () => {
    const text = (change: object) =>
      comparisonText({ ...headline, ...change }, { ...freshness, sources: [] });
    expect(text({ sameDaysBefore: '100', change: '0.12' })).toBe(
      'Usage +12\u00a0% against the same 22 days of October',
    );
    expect(text({ sameDaysBefore: '0' })).toBe(
      '$0.00 of usage in the same 22 days of October',
    );
    expect(text({})).toBe(
      'No figures for the same 22 days of October to compare with',
    );
  });

  it('says how far back it goes where the month before is too short', () => {
    expect(
      comparisonText(
        { ...headline, sameDaysBefore: '100', change: '0.1' },
        { ...freshness, sources: [], dataThrough: '2026-03-31' },
      ),
    ).toBe('Usage +10\u00a0% against the 31 days that end with February');
  });

  it('says what is counted', () => {
    expect(environmentsText('production')).toBe('Production only');
    expect(membersText({ counted: 9, hidden: 3 })).toBe(
      '9 members are counted; 3 members are not visible to you.',
    );
    expect(membersText({ counted: 1, hidden: 0 })).toBe('1 member is counted.');
  });
});
