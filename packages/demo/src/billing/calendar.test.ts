import { InputError } from '@backstage/errors';
import { ExportCalendar, yesterday } from './calendar';

describe('ExportCalendar', () => {
  const calendar = ExportCalendar.create({ end: '2026-11-29' });

  it('counts 400 days up to the end date', () => {
    expect(calendar.date(399)).toBe('2026-11-29');
    expect(calendar.date(0)).toBe('2025-10-26');
    expect(calendar.date(calendar.relative(-1))).toBe('2026-11-28');
    expect(calendar.dayOf('2026-11-28')).toBe(398);
    expect(calendar.months()).toHaveLength(14);
  });

  it.each([
    ['2025-11-28', 2.2],
    ['2026-11-27', 2.2],
    ['2026-11-23', 1.5],
    ['2026-11-22', 1],
    ['2025-12-01', 2.2],
    ['2026-06-05', 1],
  ])('knows Black Friday week: %s', (date, factor) => {
    expect(calendar.blackFriday(calendar.dayOf(date))).toBe(factor);
  });

  it('refuses what is not a date', () => {
    for (const end of ['2026-13-01', '2026-02-30', 'today', '']) {
      expect(() => ExportCalendar.create({ end })).toThrow(InputError);
    }
  });

  it('knows yesterday in UTC', () => {
    expect(yesterday(new Date('2026-03-01T00:30:00Z'))).toBe('2026-02-28');
  });
});
