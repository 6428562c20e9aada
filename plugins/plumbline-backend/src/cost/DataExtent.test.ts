import { dayFromText } from '../database';
import { DataExtent } from './DataExtent';

const day = dayFromText;
const month = (source: number, name: string, through: string) => ({
  source,
  sourceId: `focus:${source}`,
  month: name,
  firstDay: day(`${name}-01`),
  dataThrough: day(through),
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
});
