import type {
  CostBatch,
  CostOrigin,
  ExportInvoice,
  LineQuery,
} from '@plumbline/backstage-plugin-plumbline-node';

/** So many files are kept by name; of more, how many there are. */
const MOST_NAMED = 200;
/** A query that is longer helps nobody. */
const LONGEST_QUERY = 30_000;
/** No bill has more invoices in a month; what has more does not name invoices. */
const MOST_INVOICES = 2_000;

/** Where a partition came from, as it is kept. @internal */
export interface KeptOrigins {
  /** How many there are, named or not. */
  count: number;
  named: CostOrigin[];
  lineQuery?: LineQuery;
}

type Complete = Extract<CostBatch, { type: 'complete' }>;

/**
 * What is kept of a partition's origins, as JSON of a bounded size.
 *
 * @returns undefined where the source says nothing of them
 * @internal
 */
export function keptOrigins({
  origins,
  lineQuery,
}: Complete): string | undefined {
  if (!origins && !lineQuery) {
    return undefined;
  }
  const kept: KeptOrigins = {
    count: origins?.length ?? 0,
    named: (origins ?? []).slice(0, MOST_NAMED),
    ...(lineQuery && lineQuery.lines.length <= LONGEST_QUERY && { lineQuery }),
  };
  return JSON.stringify(kept);
}

/** @internal */
export function parseOrigins(text: string | null): KeptOrigins | undefined {
  return text === null ? undefined : JSON.parse(text);
}

/**
 * The invoices of a partition as JSON.
 *
 * @returns undefined where the bill names none, or so many that they can be none
 * @internal
 */
export function keptInvoices({ invoices }: Complete): string | undefined {
  return invoices && invoices.length <= MOST_INVOICES
    ? JSON.stringify(invoices)
    : undefined;
}

/** @internal */
export function parseInvoices(
  text: string | null,
): ExportInvoice[] | undefined {
  return text === null ? undefined : JSON.parse(text);
}
