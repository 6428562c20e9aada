import Decimal from 'decimal.js';
import type {
  Portfolio,
  PortfolioFigures,
  PortfolioRow,
} from '@plumbline/backstage-plugin-plumbline-common';
import { byWords, countText, rowName } from './words';

/** One row of the table; those that are not `row` stand apart from the rows of owners and the like. */
export interface TableRow {
  id: string;
  tone: 'row' | 'apart' | 'within' | 'total';
  name: string;
  /** One line below the name. */
  detail?: string;
  /** Of rows that stand for somebody. */
  row?: PortfolioRow;
  /** Where more about it is, within Plumbline's page. */
  page?: 'unallocated';
  figures: PortfolioFigures;
  /** Amounts of complete months, for the sparkline; undefined where one is not known. */
  trend: (number | undefined)[];
}

/** The rows of one currency, in order: those of the page, the total, what is apart, and all together. */
export function tableRows(answer: Portfolio, currency: string): TableRow[] {
  const { by, rows, totals, shared, unallocated } = answer;
  const of = <T extends PortfolioFigures>(all: readonly T[] = []) =>
    all.filter(item => item.currency === currency);
  const make = (row: Omit<TableRow, 'trend'>): TableRow => ({
    ...row,
    trend: trendOf(answer, row.figures),
  });
  const [total] = of(totals);
  return [
    ...of(rows).map((row, index) =>
      make({
        id: `${row.kind} ${row.key ?? index}`,
        tone: 'row',
        name: rowName(by, row),
        detail: rowDetail(answer, row),
        row,
        figures: row,
      }),
    ),
    ...(total && total.rows > 0
      ? [
          make({
            id: 'total',
            tone: 'total',
            name: `Total of ${countText(total.rows, {
              one: 'row',
              many: 'rows',
            })}`,
            detail: totalDetail(answer),
            figures: total,
          }),
        ]
      : []),
    ...of(unallocated).map(figures =>
      make({
        id: 'unallocated',
        tone: 'apart',
        name: 'Unallocated',
        detail: 'Usage that no entity claims yet',
        page: 'unallocated',
        figures,
      }),
    ),
    ...of(shared).flatMap(({ unusedCommitments, ...figures }) => [
      make({
        id: 'shared',
        tone: 'apart',
        name: 'Shared',
        detail: 'Taxes, credits, support and the like: no single owner',
        figures,
      }),
      ...(unusedCommitments
        ? [
            make({
              id: 'unused',
              tone: 'within',
              name: 'of which unused commitments',
              detail: 'Paid for in advance, used by nobody',
              figures: unusedCommitments,
            }),
          ]
        : []),
    ]),
    ...(total?.everything
      ? [
          make({
            id: 'everything',
            tone: 'total',
            name: 'Everything you may see',
            detail: everythingDetail(answer),
            figures: total.everything,
          }),
        ]
      : []),
  ];
}

function rowDetail({ by }: Portfolio, row: PortfolioRow): string | undefined {
  const { counted, withoutCost } = row.entities;
  if (by === 'entity' && row.kind !== 'removed') {
    return row.key?.split(':')[0].replace(/^./, first => first.toUpperCase());
  }
  const entities = countText(counted, byWords.entity);
  return withoutCost > 0
    ? `${entities}, ${withoutCost} without cost`
    : entities;
}

/** What the total is the total of. */
function totalDetail({ by, entities }: Portfolio): string {
  const whose = `${byWords[by].many} you may see`;
  return entities.hidden > 0
    ? `Of the ${whose}, without what is left out`
    : `Of the ${whose}`;
}

function everythingDetail({ entities, environment }: Portfolio): string {
  if (entities.hidden > 0) {
    return 'The rows, unallocated and shared, without what is left out';
  }
  return environment === undefined
    ? 'The rows, unallocated and shared: the whole bill'
    : 'The rows, unallocated and shared, of this environment';
}

function trendOf(
  { months }: Portfolio,
  figures: PortfolioFigures,
): (number | undefined)[] {
  const amounts = new Map(
    figures.months.map(({ month, amount }) => [month, Number(amount)]),
  );
  return months.map(({ month, state }) =>
    state === 'complete' ? amounts.get(month) : undefined,
  );
}

/** Usage in the days of this month less that in as many of the month before. */
export function daysDifference({
  usageToDate,
  sameDaysBefore,
}: PortfolioFigures): string | undefined {
  return usageToDate === undefined || sameDaysBefore === undefined
    ? undefined
    : new Decimal(usageToDate).minus(sameDaysBefore).toFixed();
}
