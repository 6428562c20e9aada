import type {
  ChargesQuery,
  Day,
} from '@plumbline/backstage-plugin-plumbline-common';
import { lastDayOf } from './costQuery';
import {
  defaultGranularity,
  parseCostSelection,
  writeCostSelection,
  type SelectionQuery,
} from './costSelection';

const parts = [
  'total',
  'other-basis',
  'comparison',
  'category',
  'service',
  'resource',
  'environment',
] as const;

/** One figure of the tab, as it is named in the URL. */
export interface Figure {
  part: (typeof parts)[number];
  /** Of a series or a category. */
  key?: string;
  currency: string;
}

/** The figure that the URL opens, if it names one. */
export function parseFigure(params: URLSearchParams): Figure | undefined {
  const part = parts.find(name => name === params.get('figure'));
  const key = params.get('figureKey') || undefined;
  const currency = params.get('figureCurrency') ?? '';
  const needsKey =
    part && !['total', 'other-basis', 'comparison'].includes(part);
  return part && /^[A-Z][A-Z0-9]{2,15}$/.test(currency) && (key || !needsKey)
    ? { part, ...(needsKey && { key }), currency }
    : undefined;
}

/** Writes the figure into the URL, or takes it out; other parameters stay. */
export function writeFigure(
  figure: Figure | undefined,
  params: URLSearchParams,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of [
    ['figure', figure?.part],
    ['figureKey', figure?.key],
    ['figureCurrency', figure?.currency],
  ] as const) {
    next.delete(name);
    if (value) {
      next.append(name, value);
    }
  }
  return next;
}

/** What to ask the API to open a figure; the days before are known once the costs are. */
export function toChargesQuery(
  figure: Figure,
  query: SelectionQuery,
  before: { from: Day; to: Day } | undefined,
): ChargesQuery | undefined {
  const { granularity, groupBy, ...shared } = query;
  const asked = { ...shared, currency: figure.currency };
  switch (figure.part) {
    case 'total':
      return asked;
    case 'other-basis':
      return {
        ...asked,
        basis: query.basis === 'effective' ? 'billed' : 'effective',
      };
    case 'comparison':
      return before && { ...asked, from: before.from, to: before.to };
    default:
      return { ...asked, [figure.part]: figure.key };
  }
}

/** The search of a tab's address that opens the charges of a query, with the days and what it is narrowed to. */
export function chargesSearch(query: ChargesQuery): string {
  const { from, to, currency, service, category, environment } = query;
  const params = writeCostSelection(
    {
      ...parseCostSelection(new URLSearchParams()),
      window: { from, lastDay: lastDayOf(to) },
      granularity: defaultGranularity({ from, lastDay: lastDayOf(to) }),
      basis: query.basis ?? 'effective',
      ...(environment !== undefined && { environment }),
    },
    new URLSearchParams(),
  );
  const part =
    (service !== undefined && 'service') ||
    (category !== undefined && 'category') ||
    'total';
  return writeFigure(
    { part, key: service ?? category, currency },
    params,
  ).toString();
}
