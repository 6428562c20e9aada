import Decimal from 'decimal.js';
import { atRisk, onTrack, portfolioFor } from '../../fixtures';
import { portfolioCsv } from './portfolioCsv';

const answer = portfolioFor({ by: 'owner', from: '2026-01', to: '2026-04' });
const read = (text: string) =>
  text
    .trimEnd()
    .split('\r\n')
    .map(line => line.split(','));

describe('the CSV of a portfolio', () => {
  it('has exact amounts that add up to what the page says', () => {
    const [header, ...lines] = read(portfolioCsv(answer));
    for (const column of ['total', '2026-01', '2026-04']) {
      const at = header.indexOf(column);
      const sum = Decimal.sum(0, ...lines.map(line => line[at]));
      const { everything } = answer.totals[0];
      expect(sum.toFixed()).toBe(
        column === 'total'
          ? everything?.total
          : everything?.months.find(({ month }) => month === column)?.amount,
      );
    }
    expect(lines.map(line => line[0])).toEqual([
      'named',
      'named',
      'named',
      'named',
      'hidden',
      'none',
      'removed',
      'unallocated',
      'shared',
    ]);
  });

  it('has the budget that worries most', () => {
    const [first, ...others] = answer.rows;
    const [header, line, next] = read(
      portfolioCsv({
        ...answer,
        rows: [{ ...first, budgets: [atRisk, onTrack] }, ...others],
      }),
    );
    const at = (name: string) => line[header.indexOf(name)];
    expect([
      at('budget state'),
      at('budget'),
      at('budget currency'),
      at('budget spent'),
      at('budget exceeded on'),
    ]).toEqual(['at-risk', '5000', 'USD', '4200.5', '2026-11-27']);
    expect(next[header.indexOf('budget state')]).toBe('');
  });

  it('leaves empty what is not known, and what the person may not see', () => {
    const [header, ...lines] = read(
      portfolioCsv({
        ...answer,
        compared: undefined,
        shared: undefined,
        unallocated: undefined,
        rows: answer.rows.map(row => ({
          ...row,
          lastMonth: undefined,
          months: row.months.slice(1),
        })),
      }),
    );
    expect(lines).toHaveLength(answer.rows.length);
    for (const line of lines) {
      expect(line[header.indexOf('last month')]).toBe('');
      expect(line[header.indexOf('2026-01')]).toBe('');
    }
  });
});
