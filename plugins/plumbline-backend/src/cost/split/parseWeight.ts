import type { DecimalString } from '@plumbline/backstage-plugin-plumbline-common';
import { ExactDecimal } from '../../database';

const MAX_WEIGHT = 1_000_000_000;

/** A weight as somebody wrote it: above zero, at most a billion, with at most 9 decimals. @internal */
export function parseWeight(value: unknown): DecimalString | undefined {
  const text = String(value);
  if (!/^\d{1,10}(\.\d{1,9})?$/.test(text)) {
    return undefined;
  }
  const weight = new ExactDecimal(text);
  return weight.gt(0) && weight.lte(MAX_WEIGHT) ? weight.toFixed() : undefined;
}
