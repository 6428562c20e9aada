import fc from 'fast-check';
import { decimalToNanos, nanosToDecimal, parseDecimal } from './money';

describe('money', () => {
  it.each([
    [0n, '0'],
    [1n, '0.000000001'],
    [-1n, '-0.000000001'],
    [1_500_000_000n, '1.5'],
    [-12_345_000_000_001n, '-12345.000000001'],
    [9_223_372_036_854_775_807n, '9223372036.854775807'],
  ])('writes %d nanos as %s', (nanos, text) => {
    expect(nanosToDecimal(nanos)).toBe(text);
    expect(decimalToNanos(text)).toBe(nanos);
  });

  it('rounds half away from zero', () => {
    expect(decimalToNanos('0.0000000005')).toBe(1n);
    expect(decimalToNanos('-0.0000000005')).toBe(-1n);
    expect(decimalToNanos('0.00000000049999')).toBe(0n);
  });

  it('reads the notations of exports, and refuses what is no number', () => {
    expect(decimalToNanos('1e-7')).toBe(100n);
    expect(decimalToNanos('+2.50')).toBe(2_500_000_000n);
    for (const text of ['', 'NaN', '1,5', '0x10', '1e999', ' 1']) {
      expect(() => parseDecimal(text)).toThrow('is no decimal number');
    }
  });

  it('gives every amount back as it was', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        nanos => expect(decimalToNanos(nanosToDecimal(nanos))).toBe(nanos),
      ),
    );
  });
});
