import { Alert, Text } from '@backstage/ui';
import type { ExchangeRatesStatus } from '@plumbline/backstage-plugin-plumbline-common';
import { formatAgo, formatDay } from '../../format';
import { Section } from '../Section';
import { countOf } from './words';
import styles from './SetupPage.module.css';

/** How the last reading of the exchange rates went. */
export function ExchangeRatesSection({
  rates,
}: {
  rates: ExchangeRatesStatus;
}) {
  const { currency, newest, readAt, problem } = rates;
  return (
    <Section
      title="Exchange rates"
      description={`Figures are shown in ${currency} too, converted by the rate of each day. Exact figures stay as they are billed.`}
    >
      <div className={styles.stack}>
        <Text as="p">
          {countOf(rates.rates, 'rate')}
          {newest && `, the newest of ${formatDay(newest)}`},{' '}
          {readAt ? `looked for ${formatAgo(readAt)}` : 'not looked for yet'}.
        </Text>
        {problem && (
          <Alert
            status="danger"
            icon
            title="The exchange rates could not be read; those read before stand"
            description={problem}
          />
        )}
      </div>
    </Section>
  );
}
