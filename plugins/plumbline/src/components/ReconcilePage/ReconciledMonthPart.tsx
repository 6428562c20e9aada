import { Text } from '@backstage/ui';
import type {
  CardState,
  ReconciledMonth,
  ReconcileState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount, formatMonth } from '../../format';
import { Section } from '../Section';
import { StateLabel } from '../StateLabel';
import { InvoiceForm } from './InvoiceForm';
import { InvoiceList } from './InvoiceList';
import { hintTexts, reconcileLabels, reconcileText } from './words';
import styles from './ReconcilePage.module.css';

const signs: Record<ReconcileState, CardState> = {
  matches: 'ok',
  differs: 'needs-attention',
  'no-invoice': 'cannot-tell',
  incomplete: 'cannot-tell',
};

/** One bill in one currency beside its invoices. */
export function ReconciledMonthPart(props: {
  month: ReconciledMonth;
  mayEnter: boolean;
  onEntered: () => void;
}) {
  const { month, mayEnter, onEntered } = props;
  const { currency, state } = month;
  const figures = [
    { name: 'Billed by the export', amount: month.billed },
    { name: 'Entities', amount: month.entities },
    { name: 'Shared', amount: month.shared },
    { name: 'Unallocated', amount: month.unallocated },
    { name: 'Invoice', amount: month.invoiceTotal },
    { name: 'Invoice less bill', amount: month.difference },
  ];
  return (
    <Section
      title={`${formatMonth(month.month)}, ${month.title}, ${currency}`}
      description={reconcileText(month)}
      actions={
        <StateLabel state={signs[state]} label={reconcileLabels[state]} />
      }
    >
      <dl className={styles.figures}>
        {figures.map(({ name, amount }) => (
          <div key={name}>
            <dt>{name}</dt>
            {amount === undefined ? (
              <dd className={styles.none}>not known</dd>
            ) : (
              <dd title={exactAmount(amount, currency)}>
                {formatAmount(amount, currency)}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <Text as="p" color={month.addsUp ? 'secondary' : 'danger'}>
        {month.addsUp
          ? 'Entities, shared and unallocated are exactly the bill.'
          : `Entities, shared and unallocated are ${exactAmount(
              month.remainder,
              currency,
            )} away from the bill. Please report this.`}
      </Text>
      {month.hints.length > 0 && (
        <div>
          <Text as="h4" weight="bold">
            What to look at
          </Text>
          <ul className={styles.list}>
            {month.hints.map(({ reason, amount }) => (
              <li key={reason}>
                <span title={exactAmount(amount, currency)}>
                  {formatAmount(amount, currency)}
                </span>{' '}
                {hintTexts[reason]}
              </li>
            ))}
          </ul>
        </div>
      )}
      <InvoiceList invoices={month.invoices} currency={currency} />
      {mayEnter && <InvoiceForm month={month} onEntered={onEntered} />}
    </Section>
  );
}
