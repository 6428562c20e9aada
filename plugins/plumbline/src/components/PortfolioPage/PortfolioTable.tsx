import {
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import type {
  DecimalString,
  Portfolio,
  PortfolioSort,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  exactAmount,
  formatAmount,
  formatShare,
  isNegative,
  isZero,
} from '../../format';
import { defaultOrder, type PortfolioSelection } from '../../selection';
import { Sparkline } from '../Sparkline';
import { ChangeText } from './ChangeText';
import { columnTitles } from './columns';
import { RowBudget } from './RowBudget';
import { RowName } from './RowName';
import { daysDifference, tableRows, type TableRow } from './tableRows';
import { byWords } from './words';
import styles from './PortfolioPage.module.css';

const sortable: Record<string, PortfolioSort> = {
  name: 'name',
  lastMonth: 'lastMonth',
  difference: 'difference',
  toDate: 'toDate',
  total: 'total',
};

/** The rows of one currency, the totals, and what belongs to nobody. The server sorts. */
export function PortfolioTable(props: {
  answer: Portfolio;
  currency: string;
  selection: Pick<PortfolioSelection, 'sort' | 'order'>;
  onSelect: (change: Partial<PortfolioSelection>) => void;
}) {
  const { answer, currency, selection, onSelect } = props;
  const { sort, order } = selection;
  const titles = columnTitles(answer);
  const rows = tableRows(answer, currency);
  const than = titles.monthBefore ?? '';
  const hasBudgets = rows.some(({ row }) => row?.budgets);
  // What a budget says matters more than a share, where there is no room for both.
  const share = hasBudgets ? styles.roomiest : styles.widest;

  const sortBy = (column: PortfolioSort) => {
    // Another column begins with what matters most in it.
    const first = defaultOrder(column);
    const turned = order === 'asc' ? 'desc' : 'asc';
    onSelect({ sort: column, order: column === sort ? turned : first });
  };

  return (
    <div className={styles.scroller}>
      <TableRoot
        aria-label={`Cost by ${byWords[answer.by].one} in ${currency}`}
        className={styles.table}
        sortDescriptor={{
          column: sort,
          direction: order === 'asc' ? 'ascending' : 'descending',
        }}
        onSortChange={({ column }) => sortBy(sortable[column] ?? 'total')}
      >
        <TableHeader>
          <Column id="name" isRowHeader allowsSorting>
            {byWords[answer.by].label}
          </Column>
          <Column id="trend" className={styles.wide}>
            Trend
          </Column>
          <Column id="lastMonth" allowsSorting className={styles.number}>
            {titles.lastMonth ?? 'Last month'}
          </Column>
          <Column
            id="difference"
            allowsSorting
            className={`${styles.number} ${styles.wide}`}
          >
            {titles.monthBefore ? `Since ${titles.monthBefore}` : 'Change'}
          </Column>
          <Column
            id="toDate"
            allowsSorting
            className={`${styles.number} ${styles.wide}`}
          >
            {titles.toDate ?? 'Month to date'}
          </Column>
          <Column id="total" allowsSorting className={styles.number}>
            {titles.total}
          </Column>
          {hasBudgets && (
            <Column id="budget" className={styles.wide}>
              Budget
            </Column>
          )}
          <Column id="share" className={`${styles.number} ${share}`}>
            Share
          </Column>
        </TableHeader>
        <TableBody items={rows}>
          {row => (
            // Rows and columns share their ids, and there is a column of totals too.
            <Row id={`row ${row.id}`} className={styles[row.tone]}>
              <Cell textValue={row.name}>
                <RowName by={answer.by} row={row} />
              </Cell>
              <Cell className={styles.wide}>
                <Sparkline size="small" values={row.trend} />
              </Cell>
              <Cell className={styles.number}>
                <Amount amount={row.figures.lastMonth} currency={currency} />
              </Cell>
              <Cell className={`${styles.number} ${styles.wide}`}>
                <MonthChange row={row} currency={currency} than={than} />
              </Cell>
              <Cell className={`${styles.number} ${styles.wide}`}>
                <div className={styles.amounts}>
                  <Amount amount={row.figures.toDate} currency={currency} />
                  <DaysChange
                    row={row}
                    currency={currency}
                    than={titles.sameDaysBefore}
                  />
                </div>
              </Cell>
              <Cell className={styles.number}>
                <Amount amount={row.figures.total} currency={currency} />
              </Cell>
              {hasBudgets && (
                <Cell className={styles.wide}>
                  {row.row?.budgets && <RowBudget budgets={row.row.budgets} />}
                </Cell>
              )}
              <Cell className={`${styles.number} ${share}`}>
                {row.figures.share === undefined ? (
                  <Unknown />
                ) : (
                  formatShare(row.figures.share)
                )}
              </Cell>
            </Row>
          )}
        </TableBody>
      </TableRoot>
    </div>
  );
}

/** What is not known is no zero. */
function Amount(props: { amount?: DecimalString; currency: string }) {
  const { amount, currency } = props;
  return amount === undefined ? (
    <Unknown />
  ) : (
    <span title={exactAmount(amount, currency)}>
      {formatAmount(amount, currency)}
    </span>
  );
}

function MonthChange(props: { row: TableRow; currency: string; than: string }) {
  const { row, currency, than } = props;
  const { difference, change } = row.figures;
  return difference === undefined ? (
    <Unknown />
  ) : (
    <ChangeText
      difference={difference}
      change={change}
      currency={currency}
      than={than}
    />
  );
}

/** The days against as many before, in short: the amount stands above. */
function DaysChange(props: { row: TableRow; currency: string; than?: string }) {
  const { row, currency, than } = props;
  const difference = daysDifference(row.figures);
  return difference === undefined || than === undefined ? null : (
    <span
      className={styles.detail}
      title={`${exactAmount(difference, currency)} against ${than}`}
    >
      {isZero(difference)
        ? 'the same'
        : `${formatAmount(difference.replace('-', ''), currency)} ${
            isNegative(difference) ? 'less' : 'more'
          }`}
    </span>
  );
}

function Unknown() {
  return <span className={styles.detail}>not known</span>;
}
