import { dayFromText, dayToText } from '../database';
import type { DayWindow } from './CostStore';
import { changeOf, daysBefore, headlineWindows } from './comparison';

const text = ({ from, to }: DayWindow) =>
  `${dayToText(from)}..${dayToText(to - 1)}`;

describe('headlineWindows', () => {
  it.each([
    // day, month to date, the same days before
    ['2026-11-20', '2026-11-01..2026-11-20', '2026-10-01..2026-10-20'],
    // The first of a month and of a year.
    ['2026-11-01', '2026-11-01..2026-11-01', '2026-10-01..2026-10-01'],
    ['2026-01-01', '2026-01-01..2026-01-01', '2025-12-01..2025-12-01'],
    // A whole month against a longer one: as many days of it, not all.
    ['2026-02-28', '2026-02-01..2026-02-28', '2026-01-01..2026-01-28'],
    ['2026-11-30', '2026-11-01..2026-11-30', '2026-10-01..2026-10-30'],
    // Against a shorter one: as many days, which end with it.
    ['2026-03-31', '2026-03-01..2026-03-31', '2026-01-29..2026-02-28'],
    ['2026-03-28', '2026-03-01..2026-03-28', '2026-02-01..2026-02-28'],
    // Leap years have a day more.
    ['2028-03-29', '2028-03-01..2028-03-29', '2028-02-01..2028-02-29'],
    ['2028-03-31', '2028-03-01..2028-03-31', '2028-01-30..2028-02-29'],
  ])('compares %s like for like', (day, monthToDate, before) => {
    const windows = headlineWindows(dayFromText(day));
    expect(text(windows.monthToDate)).toBe(monthToDate);
    expect(text(windows.sameDaysBefore)).toBe(before);
  });

  it('knows the whole month before and the last 30 days', () => {
    const windows = headlineWindows(dayFromText('2026-03-10'));
    expect(text(windows.lastMonth)).toBe('2026-02-01..2026-02-28');
    expect(text(windows.daily)).toBe('2026-02-09..2026-03-10');
  });
});

describe('daysBefore', () => {
  it('takes as many days right before', () => {
    const window = {
      from: dayFromText('2026-03-01'),
      to: dayFromText('2026-04-01'),
    };
    expect(text(daysBefore(window))).toBe('2026-01-29..2026-02-28');
  });
});

describe('changeOf', () => {
  it.each([
    [150n, 100n, '0.5'],
    [50n, 100n, '-0.5'],
    [1n, 3n, '-0.666667'],
    [100n, 100n, '0'],
    [10n ** 24n + 1n, 10n ** 24n, '0'],
  ])('of %s against %s is %s', (now, before, change) => {
    expect(changeOf(now, before)).toBe(change);
  });

  it('is unknown where nothing was paid before', () => {
    expect(changeOf(5n, 0n)).toBeUndefined();
  });
});
