import Decimal from 'decimal.js';

const NANOS = 1_000_000_000;

/** Every amount in a text that has a fraction, in nanos; shares and other small numbers among them. */
export function amountsIn(text: string): bigint[] {
  return [...text.matchAll(/(?<![\d.T-])(?<!\d:)-?\d+\.\d+(?![\d.])/g)].map(
    ([number]) => BigInt(new Decimal(number).times(NANOS).toFixed(0)),
  );
}

/**
 * What somebody could work out who subtracts any figure they see from any other, or sees it as it is.
 *
 * @returns those of the secrets that can be had so
 */
export function hadBySubtraction(
  visible: readonly bigint[],
  secrets: ReadonlyMap<bigint, string>,
): string[] {
  const figures = [...new Set(visible)];
  const seen = new Set(figures);
  const found = new Set<string>();
  for (const [secret, name] of secrets) {
    if (seen.has(secret) || figures.some(figure => seen.has(figure - secret))) {
      found.add(name);
    }
  }
  return [...found];
}
