import type {
  Portfolio,
  PortfolioFigures,
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
 * are no row of their own.
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
    ...months.map(({ month }) => month),
  ];
  const line = (
    kind: string,
    key: string,
    figures: PortfolioFigures,
    entities?: { counted: number; withoutCost: number },
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
      ...months.map(({ month }) => amounts.get(month) ?? ''),
    ];
  };
  const { rows, shared = [], unallocated = [] } = answer;
  return csvText([
    header,
    ...rows.map(row => line(row.kind, row.key ?? '', row, row.entities)),
    ...unallocated.map(figures => line('unallocated', '', figures)),
    ...shared.map(figures => line('shared', '', figures)),
  ]);
}
