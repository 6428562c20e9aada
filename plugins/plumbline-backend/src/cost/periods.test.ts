import { dayFromText } from '../database';
import { periodsOf } from './periods';

const window = (from: string, to: string) => ({
  from: dayFromText(from),
  to: dayFromText(to),
});

describe('periodsOf', () => {
  it('lists every day', () => {
    const periods = periodsOf(window('2028-02-28', '2028-03-02'), 'day');
    expect(periods.starts).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(periods.indexOfDay(dayFromText('2028-03-01'))).toBe(2);
  });

  it('lists every month the window touches, the first from its own start', () => {
    const periods = periodsOf(window('2025-12-15', '2026-02-02'), 'month');
    expect(periods.starts).toEqual(['2025-12-15', '2026-01-01', '2026-02-01']);
    expect(periods.indexOfDay(dayFromText('2026-01-31'))).toBe(1);
    expect(periods.indexOfMonth('2026-02')).toBe(2);
    expect(periods.indexOfMonth('2026-03')).toBe(-1);
  });
});
