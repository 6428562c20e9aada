import {
  daysOfWindow,
  parseCostSelection,
  toCostQuery,
  writeCostSelection,
  type CostSelection,
} from '.';

const read = (text: string) => parseCostSelection(new URLSearchParams(text));
const write = (selection: CostSelection, params = '') =>
  writeCostSelection(selection, new URLSearchParams(params)).toString();

describe('the selection in the URL', () => {
  it('is empty for the defaults', () => {
    expect(read('')).toEqual({
      window: '30d',
      granularity: 'day',
      groupBy: 'service',
      basis: 'effective',
      scope: 'own',
      environment: undefined,
    });
    expect(write(read(''))).toBe('');
  });

  it.each([
    'window=90d',
    'window=12m',
    'window=12m&granularity=day',
    'from=2026-10-01&to=2026-10-31&granularity=month',
    'group=resource&basis=billed&scope=with-dependencies&environment=stage',
  ])('survives being read and written: %s', text => {
    expect(write(read(text))).toBe(text);
  });

  it('keeps what others have put there', () => {
    expect(write({ ...read(''), basis: 'billed' }, 'other=1')).toBe(
      'other=1&basis=billed',
    );
  });

  it.each([
    ['an unknown word', 'window=99d&group=colour&basis=&scope=x&granularity=z'],
    ['days that do not exist', 'from=2026-02-30&to=2026-03-05'],
    ['days in the wrong order', 'from=2026-03-05&to=2026-03-01'],
    ['too many days', 'from=2020-01-01&to=2026-03-01'],
    ['half a range', 'from=2026-03-05'],
  ])('falls back to the default on %s', (_, text) => {
    expect(read(text)).toEqual(read(''));
  });

  it('shows long windows by month', () => {
    expect(read('window=6m').granularity).toBe('month');
    expect(read('from=2026-01-01&to=2026-06-30').granularity).toBe('month');
    expect(read('from=2026-06-01&to=2026-06-30').granularity).toBe('day');
  });
});

describe('the days of a window', () => {
  it('end with yesterday', () => {
    expect(daysOfWindow('7d', new Date('2026-11-23T00:30:00Z'))).toEqual({
      from: '2026-11-16',
      to: '2026-11-23',
    });
  });

  it('begin with a month for windows of months, also on the first of one', () => {
    expect(daysOfWindow('6m', new Date('2026-11-23T12:00:00Z'))).toEqual({
      from: '2026-06-01',
      to: '2026-11-23',
    });
    expect(daysOfWindow('12m', new Date('2026-12-01T12:00:00Z'))).toEqual({
      from: '2025-12-01',
      to: '2026-12-01',
    });
  });

  it('include the last day of a chosen range', () => {
    expect(toCostQuery(read('from=2026-10-01&to=2026-10-31'))).toMatchObject({
      from: '2026-10-01',
      to: '2026-11-01',
    });
  });
});
