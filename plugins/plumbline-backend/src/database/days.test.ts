import {
  addMonths,
  dayFromText,
  dayOfInstant,
  dayToText,
  endDayOfMonth,
  firstDayOfMonth,
  instantFromDatabase,
  isMonth,
  monthOfDay,
} from './days';

describe('days', () => {
  it('turns days into text and back', () => {
    expect(dayToText(0)).toBe('1970-01-01');
    expect(dayFromText('2026-03-01')).toBe(20_513);
    expect(dayToText(dayFromText('2024-02-29'))).toBe('2024-02-29');
    expect(dayOfInstant(new Date('2026-03-01T23:59:59.999Z'))).toBe(20_513);
  });

  it.each(['2025-02-29', '2025-13-01', '2025-1-1', 'today', ''])(
    'refuses %p as a day',
    text => {
      expect(() => dayFromText(text)).toThrow('is no day');
    },
  );

  it('knows where months begin and end', () => {
    expect(monthOfDay(endDayOfMonth('2024-02') - 1)).toBe('2024-02');
    expect(endDayOfMonth('2024-02') - firstDayOfMonth('2024-02')).toBe(29);
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-11', 14)).toBe('2028-01');
    expect(['2026-01', '2026-13', '2026-1', '26-01'].map(isMonth)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('reads instants as either database gives them', () => {
    const instant = new Date('2026-03-01T00:00:00Z');
    expect(instantFromDatabase(instant)).toEqual(instant);
    expect(instantFromDatabase(instant.getTime())).toEqual(instant);
    expect(instantFromDatabase(instant.toISOString())).toEqual(instant);
    expect(instantFromDatabase(null)).toBeUndefined();
  });
});
