import { Tally } from '../Tally';
import { compareSumRule, compareTotals, type Share } from './compare';
import type { Total } from './expected';

const total: Total = {
  month: '2026-09',
  provider: 'AWS',
  service: 'AWS Lambda',
  currency: 'USD',
  effective: '0.000000001400000000',
  billed: '12345678901.000000000400000000',
};
const stored = { ...total, effective: '0.000000001', billed: '12345678901' };

function linesOf(compare: (tally: Tally) => void) {
  const lines: string[] = [];
  const tally = new Tally(text => lines.push(text));
  compare(tally);
  const passed = tally.close();
  return { lines, passed };
}

it('takes what rounding to nanos allows, and nothing more', () => {
  expect(
    linesOf(tally => compareTotals('f', [total], [stored], tally)),
  ).toEqual({ lines: ['2 passed, 0 failed'], passed: true });
  const off = { ...stored, billed: '12345678901.000000001' };
  expect(linesOf(tally => compareTotals('f', [total], [off], tally))).toEqual({
    lines: [
      expect.stringContaining('2026-09 · AWS · AWS Lambda · USD: billed'),
      '1 passed, 1 failed',
    ],
    passed: false,
  });
});

it('finds what is missing and what is too much', () => {
  const other = { ...stored, service: 'Amazon SQS' };
  const { lines } = linesOf(tally =>
    compareTotals('f', [total], [other], tally),
  );
  expect(lines[lines.length - 1]).toBe('0 passed, 3 failed');
});

it('holds the sum rule against the export', () => {
  const share = (to: Share['to'], billed: string): Share => ({
    month: '2026-09',
    currency: 'USD',
    to,
    effective: to === 'entities' ? stored.effective : '0',
    billed,
  });
  const parts = [share('entities', '12345678900'), share('shared', '0.6')];
  const whole = [...parts, share('unallocated', '0.4')];
  expect(
    linesOf(tally => compareSumRule('f', [total], whole, tally)).passed,
  ).toBe(true);
  expect(
    linesOf(tally => compareSumRule('f', [total], parts, tally)).passed,
  ).toBe(false);
});

it('does not pass where nothing was looked at', () => {
  expect(linesOf(() => {})).toEqual({
    lines: ['0 passed, 0 failed'],
    passed: false,
  });
});
