import {
  Button,
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
  Text,
} from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  Statement,
  StatementBy,
  StatementItem,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import { bucketSentences, itemLabel } from './words';
import styles from './Statements.module.css';

/** The items of a statement, a table per currency, the largest first. */
export function StatementTable(props: {
  statement: Statement;
  /** Shows the lines of an entity or a bucket. */
  onOpen: (of: string) => void;
  /** Shows more items; absent where there are none. */
  onMore?: () => void;
}) {
  const { statement, onOpen, onMore } = props;
  const { by, items, nextCursor } = statement;
  const currencies = [...new Set(items.map(({ currency }) => currency))];
  return (
    <>
      {items.length === 0 && (
        <Text as="p" color="secondary">
          Nothing of that name is in this statement, as far as you may see it.
        </Text>
      )}
      {currencies.map(currency => (
        <CurrencyTable
          key={currency}
          by={by}
          currency={currency}
          items={items.filter(item => item.currency === currency)}
          onOpen={onOpen}
        />
      ))}
      {onMore && (
        <div className={styles.more}>
          <Button size="small" variant="tertiary" onPress={onMore}>
            Show more
          </Button>
        </div>
      )}
      {nextCursor && !onMore && (
        <Text as="p" color="secondary">
          These are the largest {items.length}. Find others by their name, or
          take all of them as CSV.
        </Text>
      )}
    </>
  );
}

function CurrencyTable(props: {
  by: StatementBy;
  currency: string;
  items: StatementItem[];
  onOpen: (of: string) => void;
}) {
  const { by, currency, items, onOpen } = props;
  const rows = items.map(item => ({ id: item.ref ?? item.kind, item }));
  return (
    <div className={styles.currency}>
      <Text as="h4" variant="title-x-small">
        {currency}
      </Text>
      <div className={styles.scroller}>
        <TableRoot
          aria-label={`Statement by ${by} in ${currency}`}
          className={styles.table}
        >
          <TableHeader>
            <Column id="name" isRowHeader>
              {by.charAt(0).toLocaleUpperCase('en-US') + by.slice(1)}
            </Column>
            <Column id="billed" className={`${styles.number} ${styles.wide}`}>
              Invoiced
            </Column>
            <Column id="effective" className={styles.number}>
              Amortised
            </Column>
          </TableHeader>
          <TableBody>
            {rows.map(({ id, item }, index) => (
              // Items without a name to show may be many.
              <Row id={`${id} ${index}`} key={`${id} ${index}`}>
                <Cell textValue={id}>
                  <ItemName by={by} item={item} onOpen={onOpen} />
                </Cell>
                <Cell className={`${styles.number} ${styles.wide}`}>
                  <span title={exactAmount(item.billed, currency)}>
                    {formatAmount(item.billed, currency)}
                  </span>
                </Cell>
                <Cell className={styles.number}>
                  <span title={exactAmount(item.effective, currency)}>
                    {formatAmount(item.effective, currency)}
                  </span>
                </Cell>
              </Row>
            ))}
          </TableBody>
        </TableRoot>
      </div>
    </div>
  );
}

function ItemName(props: {
  by: StatementBy;
  item: StatementItem;
  onOpen: (of: string) => void;
}) {
  const { by, item, onOpen } = props;
  const { kind, ref, title, vanished } = item;
  const bucket = bucketSentences[kind];
  const of = kind === 'entity' ? ref : bucket && `plumbline:${kind}`;
  const label = title ?? ref ?? itemLabel(kind, by);
  return (
    <div className={styles.item}>
      <div>
        {ref && !vanished ? (
          <EntityRefLink entityRef={ref} title={title} />
        ) : (
          <span>{label}</span>
        )}
        <div className={styles.detail}>{detailOf(item, by)}</div>
      </div>
      {of && (
        <Button
          size="small"
          variant="tertiary"
          aria-label={`Lines of ${label}`}
          onPress={() => onOpen(of)}
        >
          Lines
        </Button>
      )}
    </div>
  );
}

function detailOf(item: StatementItem, by: StatementBy): string {
  const { kind, owner, vanished, entities } = item;
  const bucket = bucketSentences[kind];
  if (bucket) {
    return bucket;
  }
  if (by !== 'entity') {
    return entities === 1 ? '1 entity' : `${entities} entities`;
  }
  return [
    owner && `Owner then: ${owner}`,
    vanished && 'no longer in the catalog',
  ]
    .filter(Boolean)
    .join(', ');
}
