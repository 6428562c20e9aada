import Decimal from 'decimal.js';
import type {
  CostSeries,
  Day,
  DecimalString,
} from '@plumbline/backstage-plugin-plumbline-common';
import { describeResourceId, placeText, seriesLabel } from '../../format';
import { isIncomplete, type Gaps } from '../CostChart/chartData';

/** One row of a cost table. */
export interface CostRow {
  id: string;
  label: string;
  /** The whole id, where the label is only a part of it. */
  title?: string;
  /** Type, account and region, where known. */
  detail: string;
  total: DecimalString;
  /** Of the whole, 0 to 1; absent where the whole is not above zero. */
  share?: DecimalString;
  /** For the sparkline; absent where nothing is known. */
  values: (number | undefined)[];
}

/** What a table is sorted by. */
export interface CostSort {
  column: 'label' | 'total';
  direction: 'ascending' | 'descending';
}

/** The rows of a table. */
export function costRows(
  series: CostSeries[],
  whole: DecimalString,
  periods: Day[],
  gaps?: Gaps,
): CostRow[] {
  const sum = new Decimal(whole);
  return series.map(({ key, label, detail, total, amounts }) => ({
    id: key,
    label: seriesLabel({ key, label }),
    title: detail ? key : undefined,
    detail: placeText(
      detail?.type ?? describeResourceId(key).type,
      detail?.accountId && describeResourceId(detail.accountId).name,
      detail?.region,
    ),
    total,
    share: sum.greaterThan(0)
      ? new Decimal(total).dividedBy(sum).toFixed(6)
      : undefined,
    values: periods.map((_, index) =>
      isIncomplete(periods, index, gaps) ? undefined : Number(amounts[index]),
    ),
  }));
}

/** The rows in order; what was folded together stays last. */
export function sortRows(rows: CostRow[], sort: CostSort): CostRow[] {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (a.id === 'other' || b.id === 'other') {
      return a.id === 'other' ? 1 : -1;
    }
    return sort.column === 'label'
      ? sign * a.label.localeCompare(b.label, 'en')
      : sign * new Decimal(a.total).comparedTo(b.total);
  });
}
