import { Text } from '@backstage/ui';
import type { Converted } from '@plumbline/backstage-plugin-plumbline-common';
import { formatAmount, formatDay } from '../../format';

/** A converted figure with what it was converted by, and what it lacks. */
export function ConvertedText({ converted }: { converted: Converted }) {
  const { currency, total, rates, stale, lacks } = converted;
  const newest = rates
    .map(rate => rate.newest)
    .sort()
    .at(-1);
  // What lacks is left out as a whole: where nothing else is there, zero is no figure.
  if (lacks.length > 0 && rates.length === 0 && Number(total) === 0) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        Not converted into {currency}: rates are lacking for {lacks.join(', ')},
        or days to convert by.
      </Text>
    );
  }
  return (
    <Text as="p" variant="body-small" color="secondary">
      ≈ {formatAmount(total, currency)} converted
      {newest && `, by rates up to ${formatDay(newest)}`}
      {stale && ', some of them old'}
      {lacks.length > 0 && `, without ${lacks.join(', ')}`}.
    </Text>
  );
}
