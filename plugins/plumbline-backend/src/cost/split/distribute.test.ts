import fc from 'fast-check';
import { propertyRuns } from './__testUtils__/worlds';
import { distribute, wholeWeights } from './distribute';

const amount = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const weights = fc
  .array(
    fc.oneof(
      fc.bigInt({ min: 0n, max: 9n }),
      fc.bigInt({ min: 0n, max: 10n ** 24n }),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .filter(list => list.some(weight => weight > 0n));

const sum = (numbers: readonly bigint[]) =>
  numbers.reduce((total, number) => total + number, 0n);

describe('distribute', () => {
  it('gives what the worked example of docs/cost.md gives', () => {
    // 10.000000005 by 2, 3 and 2 of 7 parts: 2.857142858 571…, 4.285714287 857…, 2.857142858 571…
    expect(distribute(10_000_000_005n, [2n, 3n, 2n])).toEqual([
      2_857_142_859n,
      4_285_714_288n,
      2_857_142_858n,
    ]);
    expect(distribute(-10_000_000_005n, [2n, 3n, 2n])).toEqual([
      -2_857_142_859n,
      -4_285_714_288n,
      -2_857_142_858n,
    ]);
    expect(distribute(1n, [1n, 1n, 1n])).toEqual([1n, 0n, 0n]);
  });

  it('loses and adds no nano, and is nowhere a nano away from the exact part', () => {
    fc.assert(
      fc.property(amount, weights, (whole, list) => {
        const parts = distribute(whole, list);
        expect(sum(parts)).toBe(whole);
        const total = sum(list);
        parts.forEach((part, index) => {
          const distance = part * total - whole * list[index];
          expect(distance < total && distance > -total).toBe(true);
        });
      }),
      { numRuns: propertyRuns(10_000) },
    );
  });

  it('gives nobody less than who has a smaller weight, and nobody anything for none', () => {
    fc.assert(
      fc.property(amount, weights, (whole, list) => {
        const parts = distribute(whole, list).map(part =>
          part < 0n ? -part : part,
        );
        list.forEach((weight, index) => {
          const smaller = parts.filter((_, at) => list[at] < weight);
          expect(smaller.every(part => part <= parts[index])).toBe(true);
        });
        const none = parts.filter((_, index) => list[index] === 0n);
        expect(sum(none)).toBe(0n);
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });
});

describe('wholeWeights', () => {
  it('keeps proportions exactly', () => {
    expect(wholeWeights(['2', '0.5', '10'])).toEqual([20n, 5n, 100n]);
    expect(wholeWeights(['0.000000001', '1000000000'])).toEqual([
      1n,
      10n ** 18n,
    ]);
  });
});
