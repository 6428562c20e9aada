import { Text } from '@backstage/ui';
import type {
  ChargesQuery,
  ChargeSource,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  exactAmount,
  formatAgo,
  formatAmount,
  formatMonth,
} from '../../format';
import { CopyButton } from '../CopyButton';
import { Section } from '../Section';
import { AddingUp } from './AddingUp';
import { Origins } from './Origins';
import { count, filterText } from './words';
import styles from './ChargesDialog.module.css';

/** What one billing month of one source gives to the figure, and how to check it. */
export function ChargeSourcePart(props: {
  source: ChargeSource;
  currency: string;
  /** Which figure it is. */
  query: ChargesQuery;
}) {
  const { source, currency, query } = props;
  const rest = source.shares !== undefined || source.withoutRows !== undefined;
  const rows = count(source.rowCount, 'row');
  return (
    <Section
      title={`${source.title}, bill of ${formatMonth(source.month)}`}
      description={
        <>
          <span title={exactAmount(source.total, currency)}>
            {formatAmount(source.total, currency)}
          </span>
          {rest ? `, of which ${rows} are its own` : ` from ${rows}`}
          {source.lineCount === undefined
            ? '; how many lines of the export that are was not recorded'
            : `, which add up ${count(source.lineCount, 'line')} of the export`}
          . Read {formatAgo(source.publishedAt)}.
        </>
      }
    >
      <AddingUp source={source} currency={currency} query={query} />
      <Origins source={source} />
      <div>
        <Text as="h4" weight="bold">
          Which lines count
        </Text>
        <ul className={styles.list}>
          {source.filter.map((filter, index) => {
            const { column, operator, values, days } = filterText(filter);
            return (
              <li key={index}>
                <code>{column}</code> {operator}{' '}
                <span className={styles.values}>{values}</span>
                {days && ` (${days})`}
              </li>
            );
          })}
        </ul>
      </div>
      {source.sql ? (
        <div>
          <div className={styles.sqlHeader}>
            <Text as="h4" weight="bold">
              To check it: DuckDB, in the folder of the export
            </Text>
            <CopyButton
              text={source.sql}
              label={`Copy the query for ${formatMonth(source.month)}`}
            />
          </div>
          {rest && (
            <Text as="p" color="secondary">
              It gives what the rows come to:{' '}
              {exactAmount(source.rowTotal, currency)}.
            </Text>
          )}
          <textarea
            className={styles.sql}
            readOnly
            spellCheck={false}
            rows={10}
            aria-label={`Query for ${formatMonth(source.month)}`}
            value={source.sql}
          />
        </div>
      ) : (
        <Text as="p" color="secondary">
          {source.noSqlReason}
        </Text>
      )}
    </Section>
  );
}
