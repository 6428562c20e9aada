import { MAX_SERIES, SeriesTable } from './series';

const label = (key: string) => ({ key, label: key.toUpperCase() });

describe('SeriesTable', () => {
  it('adds up by series and period, exactly', () => {
    const table = SeriesTable.create<string>(2);
    for (let i = 0; i < 1_000; i++) {
      table.add('a', 0, 10n ** 15n + 1n);
    }
    table.add('b', 1, -1n);
    expect(table.toSeries(label)).toEqual([
      {
        key: 'a',
        label: 'A',
        total: '1000000000.000001',
        amounts: ['1000000000.000001', '0'],
      },
      {
        key: 'b',
        label: 'B',
        total: '-0.000000001',
        amounts: ['0', '-0.000000001'],
      },
    ]);
    expect(table.sums()).toEqual([10n ** 18n + 1_000n, -1n]);
  });

  it('folds what matters least into one, and keeps a large credit', () => {
    const table = SeriesTable.create<string>(1);
    for (let i = 1; i <= MAX_SERIES + 9; i++) {
      table.add(`s${i}`, 0, BigInt(i) * 1_000_000_000n);
    }
    table.add('credit', 0, -500_000_000_000n);
    const series = table.toSeries(label);
    expect(series).toHaveLength(MAX_SERIES + 1);
    expect(series[0].key).toBe('s59');
    expect(series[MAX_SERIES - 1].key).toBe('credit');
    // 1 + 2 + … + 10
    expect(series[MAX_SERIES]).toEqual({
      key: 'other',
      label: 'Other',
      total: '55',
      amounts: ['55'],
    });
  });
});
