import {
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import type {
  ChargeRow,
  CostBasis,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  describeResourceId,
  exactAmount,
  formatAmount,
  formatDay,
} from '../../format';
import styles from './ChargesDialog.module.css';

/** The rows that a figure adds up. */
export function ChargesTable(props: {
  rows: ChargeRow[];
  basis: CostBasis;
  currency: string;
}) {
  const { rows, basis, currency } = props;
  return (
    <div className={styles.scroller}>
      <TableRoot aria-label="The rows that the figure adds up">
        <TableHeader>
          <Column id="day" isRowHeader>
            Day
          </Column>
          <Column id="resource">Resource</Column>
          <Column id="service">Service</Column>
          <Column id="kind">Kind</Column>
          <Column id="lines" className={styles.number}>
            Lines
          </Column>
          <Column id="amount" className={styles.number}>
            Cost
          </Column>
        </TableHeader>
        <TableBody>
          {rows.map((row, index) => (
            <Row key={index} id={index}>
              <Cell>{formatDay(row.day)}</Cell>
              <Cell>
                <span title={row.resource.id || undefined}>
                  {resourceText(row)}
                </span>
              </Cell>
              <Cell>{row.service}</Cell>
              <Cell>{kindText(row)}</Cell>
              <Cell className={styles.number}>{row.lines ?? 'unknown'}</Cell>
              <Cell className={styles.number}>
                <span title={exactAmount(row[basis], currency)}>
                  {formatAmount(row[basis], currency)}
                </span>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </TableRoot>
    </div>
  );
}

function resourceText({ resource }: ChargeRow): string {
  return (
    resource.name ??
    (resource.id
      ? describeResourceId(resource.id).name
      : `Account ${resource.accountId}, no resource named`)
  );
}

function kindText({ category, correction, commitment }: ChargeRow): string {
  return [
    category,
    correction && 'correction',
    commitment === 'Used' && 'by commitment',
    commitment === 'Unused' && 'unused commitment',
  ]
    .filter(Boolean)
    .join(', ');
}
