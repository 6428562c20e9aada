import fc from 'fast-check';
import { nanosOfUnits } from './nanos';

it('rounds half away from zero', () => {
  expect(nanosOfUnits(499_999_999n)).toBe(0n);
  expect(nanosOfUnits(500_000_000n)).toBe(1n);
  expect(nanosOfUnits(-499_999_999n)).toBe(0n);
  expect(nanosOfUnits(-500_000_000n)).toBe(-1n);
  expect(nanosOfUnits(1_500_000_000n)).toBe(2n);
});

it('is never off by more than half a nano', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }), units => {
      const off = nanosOfUnits(units) * 10n ** 9n - units;
      return 2n * (off < 0n ? -off : off) <= 10n ** 9n;
    }),
  );
});
