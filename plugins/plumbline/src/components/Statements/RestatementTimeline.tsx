import { Text } from '@backstage/ui';
import type { Statement } from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatDay } from '../../format';
import { Section } from '../Section';
import { causesText, closedText, formatSigned } from './words';
import styles from './Statements.module.css';

/** What became of a month since it was closed, step by step. */
export function RestatementTimeline({ statement }: { statement: Statement }) {
  const { restatements } = statement;
  return (
    <Section title="What changed since">
      <ol className={styles.timeline}>
        <li>
          <Text as="p">{closedText(statement)}</Text>
        </li>
        {restatements.map(({ number, statedAt, causes, changes }) => (
          <li key={number}>
            <Text as="p">
              Restatement {number}, {formatDay(statedAt)}
            </Text>
            <div className={styles.detail}>{causesText(causes)}.</div>
            {changes.length === 0 && (
              <div className={styles.detail}>
                Nothing that you may see changed.
              </div>
            )}
            {changes.map(({ currency, effective, billed }) => (
              <div key={currency}>
                <span title={exactAmount(effective, currency)}>
                  {formatSigned(effective, currency)}
                </span>
                <span className={styles.detail}>
                  {' '}
                  amortised,{' '}
                  <span title={exactAmount(billed, currency)}>
                    {formatSigned(billed, currency)}
                  </span>{' '}
                  invoiced
                </span>
              </div>
            ))}
          </li>
        ))}
      </ol>
      {restatements.length === 0 && (
        <Text as="p" color="secondary">
          Nothing. The figures are those of the closing.
        </Text>
      )}
    </Section>
  );
}
