import fc from 'fast-check';
import { NanoRounding, nanosOfUnits } from './nanos';

it('rounds half away from zero', () => {
  expect(nanosOfUnits(499_999_999n)).toBe(0n);
  expect(nanosOfUnits(500_000_000n)).toBe(1n);
  expect(nanosOfUnits(-499_999_999n)).toBe(0n);
  expect(nanosOfUnits(-500_000_000n)).toBe(-1n);
  expect(nanosOfUnits(1_500_000_000n)).toBe(2n);
});

it('is never off by more than half a nano', () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }), units => {
      const off = nanosOfUnits(units) * 10n ** 9n - units;
      expect(2n * (off < 0n ? -off : off) <= 10n ** 9n).toBe(true);
    }),
  );
});

it('carries what it leaves, so that a total is never off by more than half a nano', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })),
      amounts => {
        const rounding = new NanoRounding();
        const sum = (values: bigint[]) => values.reduce((a, b) => a + b, 0n);
        const off =
          sum(amounts.map(amount => rounding.next(0, amount))) * 10n ** 9n -
          sum(amounts);
        return 2n * (off < 0n ? -off : off) <= 10n ** 9n;
      },
    ),
  );
  const rounding = new NanoRounding();
  expect(rounding.next(0, 400_000_000n)).toBe(0n);
  expect(rounding.next(1, 400_000_000n)).toBe(0n);
  expect(rounding.next(0, 400_000_000n)).toBe(1n);
});
