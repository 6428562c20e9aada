import { Text } from '@backstage/ui';
import type { CurrencyHeadline } from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import { bucketText } from '../SharedCosts';

/** How much of the month is others' cost. */
export function SharedNote({ headline }: { headline: CurrencyHeadline }) {
  const { shared, currency } = headline;
  if (!shared) {
    return null;
  }
  return (
    <Text as="p" variant="body-small" color="secondary">
      Includes{' '}
      <span title={exactAmount(shared.amount, currency)}>
        {formatAmount(shared.amount, currency)}
      </span>{' '}
      shared{from(shared)}
    </Text>
  );
}

function from({
  partner,
  weight,
}: NonNullable<CurrencyHeadline['shared']>): string {
  if (!partner) {
    return ' by others';
  }
  if (!partner.entityRef) {
    return ` from ${bucketText(partner)}`;
  }
  const name = partner.entityRef.slice(partner.entityRef.indexOf('/') + 1);
  // Parts of a metric or of money say nothing to somebody who glances.
  return weight && /^\d{1,3}$/.test(weight.of)
    ? ` from ${name}, ${weight.part} of ${weight.of} parts`
    : ` from ${name}`;
}
