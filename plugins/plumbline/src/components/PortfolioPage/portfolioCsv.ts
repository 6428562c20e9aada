import type {
  Portfolio,
  PortfolioFigures,
  PortfolioRow,
} from '@plumbline/backstage-plugin-plumbline-common';
import { csvText } from '../CostTable';

const AMOUNTS = [
  'total',
  'lastMonth',
  'monthBefore',
  'difference',
  'change',
  'toDate',
  'usageToDate',
  'sameDaysBefore',
  'share',
] as const;

/**
 * A portfolio as CSV: amounts exact, unknown ones empty. Its rows, with those for shared and unallocated cost
 * where the person may see them, add up to what the page says; unused commitments lie within the shared cost and
 * are no row of their own. Of several budgets of a row the one that worries most is there.
 */
export function portfolioCsv(answer: Portfolio): string {
  const { months, compared, toDate } = answer;
  const header = [
    'kind',
    answer.by,
    'currency',
    'entities',
    'entities without cost',
    'total',
    compared?.lastMonth ? `last month ${compared.lastMonth}` : 'last month',
    compared?.monthBefore
      ? `month before ${compared.monthBefore}`
      : 'month before',
    'difference',
    'change',
    toDate ? `to date ${toDate.from} to ${toDate.to} exclusive` : 'to date',
    'usage to date',
    toDate?.before
      ? `usage in the same days before ${toDate.before.from} to ${toDate.before.to} exclusive`
      : 'usage in the same days before',
    'share',
    'budget state',
    'budget',
    'budget currency',
    'budget spent',
    'budget exceeded on',
    ...months.map(({ month }) => month),
  ];
  const line = (
    kind: string,
    key: string,
    figures: PortfolioFigures,
    { entities, budgets: [budget] = [] }: Partial<PortfolioRow> = {},
  ) => {
    const amounts = new Map(
      figures.months.map(({ month, amount }) => [month, amount]),
    );
    return [
      kind,
      key,
      figures.currency,
      entities ? String(entities.counted) : '',
      entities ? String(entities.withoutCost) : '',
      ...AMOUNTS.map(name => figures[name] ?? ''),
      budget?.state ?? '',
      budget?.figures?.amount ?? '',
      budget?.figures?.currency ?? '',
      budget?.figures?.spent ?? '',
      budget?.figures?.exceededOn ?? '',
      ...months.map(({ month }) => amounts.get(month) ?? ''),
    ];
  };
  const { rows, shared = [], unallocated = [] } = answer;
  return csvText([
    header,
    ...rows.map(row => line(row.kind, row.key ?? '', row, row)),
    ...unallocated.map(figures => line('unallocated', '', figures)),
    ...shared.map(figures => line('shared', '', figures)),
  ]);
}
