import { Text } from '@backstage/ui';
import type {
  ChargesQuery,
  ChargeSource,
} from '@plumbline/backstage-plugin-plumbline-common';
import Decimal from 'decimal.js';
import { exactAmount, formatAmount } from '../../format';
import { useEntityPage } from '../../hooks';
import { chargesSearch } from '../../selection';
import { linesOf, SharedLines } from '../SharedCosts';
import { count, withoutRowsText } from './words';
import styles from './ChargesDialog.module.css';

/** How rows, and what is shared with others, make up a figure; nothing where rows are all of it. */
export function AddingUp(props: {
  source: ChargeSource;
  currency: string;
  query: ChargesQuery;
}) {
  const { source, currency, query } = props;
  const { withoutRows } = source;
  const entityPage = useEntityPage();
  const lines = linesOf(source.shares ?? []);
  const received = lines.filter(({ direction }) => direction === 'received');
  const given = lines.filter(({ direction }) => direction === 'given');
  if (lines.length === 0 && !withoutRows) {
    return null;
  }
  const search = chargesSearch(query);
  const chargesOf = (ref: string) => `${entityPage(ref)}?${search}`;
  const sumOf = (parts: typeof lines) =>
    Decimal.sum(0, ...parts.map(({ amount }) => amount));
  const terms: { what: string; amount: string }[] = [
    {
      what: `${count(source.rowCount, 'row')} of what is its own`,
      amount: source.rowTotal,
    },
    ...(received.length > 0
      ? [
          {
            what: 'From others, by sharing rules',
            amount: sumOf(received).toFixed(),
          },
        ]
      : []),
    ...(given.length > 0
      ? [
          {
            what: 'Given to others, by sharing rules',
            amount: sumOf(given).negated().toFixed(),
          },
        ]
      : []),
    ...(withoutRows
      ? [
          {
            what: withoutRowsText[withoutRows.reason],
            amount: withoutRows.amount,
          },
        ]
      : []),
    { what: 'Together', amount: source.total },
  ];
  return (
    <>
      <div>
        <Text as="h4" weight="bold">
          How it adds up
        </Text>
        <dl className={styles.terms}>
          {terms.map(({ what, amount }) => (
            <div key={what} className={styles.term}>
              <dt>{what}</dt>
              <dd title={exactAmount(amount, currency)}>
                {formatAmount(amount, currency)}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <SharedLines
        title="In this figure, from others"
        lines={received}
        chargesOf={chargesOf}
      />
      <SharedLines
        title="Given to others"
        lines={given}
        chargesOf={chargesOf}
      />
    </>
  );
}
