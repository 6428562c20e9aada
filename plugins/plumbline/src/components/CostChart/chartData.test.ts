import {
  chartSeries,
  incompleteStretches,
  isIncomplete,
  SHOWN_SERIES,
  totalAt,
} from './chartData';

const periods = ['2026-11-20', '2026-11-21', '2026-11-22'];
const costs = {
  currency: 'USD',
  total: '0',
  otherBasisTotal: '0',
  byChargeCategory: [],
  series: Array.from({ length: 9 }, (_, index) => ({
    key: index === 8 ? 'other' : `s${index}`,
    label: `Service ${index}`,
    total: '0.3',
    amounts: ['0.1', '0.2', '0'],
  })),
};

describe('chartSeries', () => {
  it('folds what is beyond the colours into one, exactly', () => {
    const series = chartSeries(costs, periods);
    expect(series).toHaveLength(SHOWN_SERIES + 1);
    expect(series[SHOWN_SERIES]).toMatchObject({
      label: 'Everything else',
      total: '0.6',
      amounts: ['0.2', '0.4', '0'],
    });
    expect(totalAt(series, 0)).toBe('0.9');
    expect(totalAt(series, 2)).toBe('0');
  });

  it('has no amount where nothing is known, instead of zero', () => {
    const series = chartSeries(costs, periods, {
      incompleteFrom: '2026-11-22',
    });
    expect(series[0].amounts).toEqual(['0.1', '0.2', undefined]);
    expect(totalAt(series, 2)).toBeUndefined();
  });

  it('keeps what an incomplete day has so far, as the total counts it', () => {
    const series = chartSeries(costs, periods, {
      incompleteFrom: '2026-11-21',
    });
    expect(series[0].amounts).toEqual(['0.1', '0.2', undefined]);
    expect(totalAt(series, 1)).toBe('1.8');
  });

  it('makes a resource id readable', () => {
    const id = 'arn:aws:sqs:eu-central-1:418273950162:orders';
    const [queue] = chartSeries(
      { ...costs, series: [{ ...costs.series[0], key: id, label: id }] },
      periods,
    );
    expect(queue).toMatchObject({ key: id, label: 'orders' });
  });
});

describe('missing data', () => {
  const gaps = {
    missing: [{ from: '2026-11-01', to: '2026-11-21' }],
    incompleteFrom: '2026-11-22',
  };

  it('leaves out zeros that only say that nothing was read', () => {
    const series = chartSeries(
      {
        ...costs,
        series: [{ ...costs.series[0], amounts: ['0', '0', '0'] }],
      },
      periods,
      gaps,
    );
    expect(series[0].amounts).toEqual([undefined, '0', undefined]);
  });

  it('is a stretch of its own beside the end of the data', () => {
    expect(incompleteStretches(periods, gaps)).toEqual([
      { first: '2026-11-20', last: '2026-11-20' },
      { first: '2026-11-22', last: '2026-11-22' },
    ]);
    expect(incompleteStretches(['2026-10-01', '2026-11-01'], gaps)).toEqual([
      { first: '2026-11-01', last: '2026-11-01' },
    ]);
    expect(incompleteStretches(periods, {})).toEqual([]);
  });
});

describe('isIncomplete', () => {
  const incomplete = (days: string[], from?: string) =>
    days.map((_, index) => isIncomplete(days, index, { incompleteFrom: from }));

  it('holds for every day from where the data ends', () => {
    expect(incomplete(periods, '2026-11-21')).toEqual([false, true, true]);
    expect(incomplete(periods)).toEqual([false, false, false]);
  });

  it('holds for the month in which the data ends', () => {
    const months = ['2026-09-01', '2026-10-01', '2026-11-01'];
    expect(incomplete(months, '2026-11-22')).toEqual([false, false, true]);
    expect(incomplete(months, '2026-11-01')).toEqual([false, false, true]);
    expect(incomplete(months, '2026-10-31')).toEqual([false, true, true]);
  });
});
