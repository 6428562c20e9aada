import { useMemo, useState } from 'react';
import {
  Button,
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import type {
  CostSeries,
  Day,
  DecimalString,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import type { Gaps } from '../CostChart/chartData';
import { FigureButton } from '../ChargesDialog/FigureButton';
import { Sparkline } from '../Sparkline';
import { UnconfirmedMark } from '../UnconfirmedMark';
import { costRows, sortRows, type CostSort } from './rows';
import { ShareBar } from './ShareBar';
import styles from './CostTable.module.css';

/** Rows that stand for many, or for what no longer has rows. */
const FOLDED = ['other', 'relinked'];

/** How many rows are shown before the rest is asked for. */
const FIRST_ROWS = 10;

/** Costs by service, resource or environment, sortable. */
export function CostTable(props: {
  /** Names the table for a screen reader, as in `Cost by service in USD`. */
  caption: string;
  /** What a row is. */
  rowTitle: string;
  series: CostSeries[];
  total: DecimalString;
  currency: string;
  periods: Day[];
  gaps?: Gaps;
  /** Keys of rows whose link to the entity is only claimed. */
  unconfirmed?: ReadonlySet<string>;
  /** What a row is to be opened as; its figure is plain text where absent. */
  opens?: 'service' | 'resource' | 'environment';
}) {
  const { caption, rowTitle, series, total, currency, unconfirmed } = props;
  const { periods, gaps, opens } = props;
  const [sort, setSort] = useState<CostSort>({
    column: 'total',
    direction: 'descending',
  });
  const [all, setAll] = useState(false);
  const rows = useMemo(
    () => sortRows(costRows(series, total, periods, gaps), sort),
    [series, total, periods, gaps, sort],
  );
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);

  return (
    <>
      <div className={styles.scroller}>
        <TableRoot
          aria-label={caption}
          className={styles.table}
          sortDescriptor={sort}
          onSortChange={({ column, direction }) =>
            setSort({
              column: column === 'label' ? 'label' : 'total',
              direction,
            })
          }
        >
          <TableHeader>
            <Column id="label" isRowHeader allowsSorting>
              {rowTitle}
            </Column>
            <Column id="trend" className={styles.wide}>
              Trend
            </Column>
            <Column id="share" className={styles.wide}>
              Share
            </Column>
            <Column id="total" allowsSorting className={styles.number}>
              Cost
            </Column>
          </TableHeader>
          <TableBody items={shown}>
            {row => (
              <Row id={row.id}>
                <Cell textValue={row.label}>
                  <div className={styles.name} title={row.title}>
                    {row.label}
                  </div>
                  {row.detail && (
                    <div className={styles.detail}>{row.detail}</div>
                  )}
                  {unconfirmed?.has(row.id) && <UnconfirmedMark />}
                </Cell>
                <Cell className={styles.wide}>
                  <Sparkline size="small" values={row.values} />
                </Cell>
                <Cell className={styles.wide}>
                  <ShareBar share={row.share} />
                </Cell>
                <Cell className={styles.number}>
                  {opens && !FOLDED.includes(row.id) ? (
                    <FigureButton
                      figure={{ part: opens, key: row.id, currency }}
                      of={row.label}
                      title={exactAmount(row.total, currency)}
                    >
                      {formatAmount(row.total, currency)}
                    </FigureButton>
                  ) : (
                    <span title={exactAmount(row.total, currency)}>
                      {formatAmount(row.total, currency)}
                    </span>
                  )}
                </Cell>
              </Row>
            )}
          </TableBody>
        </TableRoot>
      </div>
      {rows.length > FIRST_ROWS && (
        <div className={styles.more}>
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setAll(before => !before)}
          >
            {all ? 'Show fewer' : `Show all ${rows.length}`}
          </Button>
        </div>
      )}
    </>
  );
}
