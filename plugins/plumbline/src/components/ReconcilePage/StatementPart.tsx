import { Text } from '@backstage/ui';
import type { ReconciledStatement } from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount, formatMonth } from '../../format';
import { Section } from '../Section';
import { StateLabel } from '../StateLabel';
import { statementReasonTexts, statementText } from './words';
import styles from './ReconcilePage.module.css';

/** What a closed month was stated to cost in one currency, beside all its bills and their invoices. */
export function StatementPart({
  statement,
}: {
  statement: ReconciledStatement;
}) {
  const { month, currency, agrees, invoices, restatements } = statement;
  const figures = [
    { name: 'Billed by all exports', amount: statement.exported },
    { name: 'Stated at closing', amount: statement.closing },
    {
      name:
        restatements === 1 ? '1 restatement' : `${restatements} restatements`,
      amount: statement.restated,
    },
    { name: 'Statement', amount: statement.total },
    { name: 'Exports less statement', amount: statement.difference },
    { name: 'Invoices', amount: statement.invoiceTotal },
  ];
  const good = agrees && invoices === 'match';
  const bad = !agrees || invoices === 'differ';
  return (
    <Section
      title={`${formatMonth(month)}, statement, ${currency}`}
      description={statementText(statement)}
      actions={
        <StateLabel
          state={(good && 'ok') || (bad && 'needs-attention') || 'cannot-tell'}
          label={
            (good && 'All three agree') ||
            (bad && 'Differs') ||
            'No invoice yet'
          }
        />
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
      {!agrees && (
        <div>
          <Text as="h4" weight="bold">
            Why
          </Text>
          <ul className={styles.list}>
            {statement.reasons.map(({ reason, source, title }) => (
              <li key={source}>
                {title}: {statementReasonTexts[reason]}
              </li>
            ))}
            {statement.reasons.length === 0 && (
              <li>
                The statement goes up to what is live, and still does not add up
                to it. Please report this.
              </li>
            )}
          </ul>
        </div>
      )}
    </Section>
  );
}
