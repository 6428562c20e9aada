import { dayFromText, dayToText } from '../database';
import { DataExtent } from './DataExtent';

const day = dayFromText;
const month = (source: number, name: string, through: string) => ({
  source,
  sourceId: `focus:${source}`,
  month: name,
  firstDay: day(`${name}-01`),
  dataThrough: day(through),
  daily: true,
});

describe('DataExtent', () => {
  const extent = DataExtent.of([
    month(1, '2026-01', '2026-01-31'),
    month(1, '2026-02', '2026-02-20'),
    month(2, '2025-11', '2025-11-30'),
    month(2, '2026-01', '2026-01-31'),
  ]);

  it('ends where the first of several sources ends', () => {
    expect(extent.dataThrough([1])).toBe(day('2026-02-20'));
    expect(extent.dataThrough([1, 2])).toBe(day('2026-01-31'));
    expect(extent.dataThrough([])).toBeUndefined();
    expect(extent.idsOf([2, 1])).toEqual(['focus:1', 'focus:2']);
  });

  it.each([
    [[1], '2026-01-01', '2026-02-21', true],
    [[1], '2025-12-31', '2026-02-01', false],
    [[1], '2026-02-01', '2026-02-22', false],
    // A month is missing in between.
    [[2], '2025-11-01', '2026-02-01', false],
    [[1, 2], '2026-01-05', '2026-01-09', true],
    [[3], '2026-01-05', '2026-01-09', false],
  ])('sources %s cover %s to %s: %s', (sources, from, to, covered) => {
    expect(
      extent.covers(sources as number[], {
        from: day(from as string),
        to: day(to as string),
      }),
    ).toBe(covered);
  });

  const gapsOf = (
    months: Parameters<typeof DataExtent.of>[0],
    [from, to]: [string, string],
    detail?: 'day' | 'month',
  ) =>
    DataExtent.of(months)
      .missing([1], { from: day(from), to: day(to) }, detail)
      .map(gap => [dayToText(gap.from), dayToText(gap.to)]);

  it('misses what lies before its first usage, and whole months in between', () => {
    const months = [
      { ...month(1, '2025-10', '2025-10-31'), firstDay: day('2025-10-19') },
      month(1, '2025-12', '2025-12-31'),
    ];
    expect(gapsOf(months, ['2025-09-10', '2026-01-02'])).toEqual([
      ['2025-09-10', '2025-10-19'],
      ['2025-11-01', '2025-12-01'],
      ['2026-01-01', '2026-01-02'],
    ]);
    expect(gapsOf(months, ['2025-10-19', '2025-11-01'])).toEqual([]);
  });

  it('misses a month without usage', () => {
    const months = [
      month(1, '2026-01', '2026-01-31'),
      { ...month(1, '2026-02', '2026-02-01'), dataThrough: undefined },
    ];
    const fees = DataExtent.of(months);
    expect(fees.dataThrough([1])).toBe(day('2026-01-31'));
    expect(gapsOf(months, ['2026-01-30', '2026-02-03'])).toEqual([
      ['2026-02-01', '2026-02-03'],
    ]);
  });

  it('knows months whose days were forgotten only as a whole', () => {
    const months = [
      { ...month(1, '2026-01', '2026-01-31'), daily: false },
      month(1, '2026-02', '2026-02-28'),
    ];
    expect(gapsOf(months, ['2026-01-01', '2026-02-10'])).toEqual([]);
    expect(gapsOf(months, ['2026-01-01', '2026-02-10'], 'day')).toEqual([
      ['2026-01-01', '2026-02-01'],
    ]);
    expect(gapsOf(months, ['2026-01-05', '2026-02-10'])).toEqual([
      ['2026-01-05', '2026-02-01'],
    ]);
  });
});
