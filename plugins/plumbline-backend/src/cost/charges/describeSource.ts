import type { ChargeSource } from '@plumbline/backstage-plugin-plumbline-common';
import { nanosToDecimal } from '../../database';
import { filterOf, groupSpans } from './chargeFilter';
import { chargeSql } from './chargeSql';
import type { KeptOrigins } from '../ingest/origins';
import type { FigureParts } from '../split';
import type { ParsedChargesQuery } from './ChargesService';
import type {
  ChargePartition,
  ChargeSelection,
  ChargeStore,
  ChargeSums,
  ResourceSpan,
} from './ChargeStore';

type WithoutRows = NonNullable<ChargeSource['withoutRows']>;

/** A query with more ids than these is nothing that a person pastes. */
const MOST_RESOURCES = 1_000;

/** What one billing month of one source gives to a figure, and how to check it by hand. @internal */
export async function describeSource(options: {
  charges: ChargeStore;
  partition: ChargePartition;
  figure: bigint;
  sums: ChargeSums;
  shares: FigureParts;
  selection: ChargeSelection;
  query: ParsedChargesQuery;
  /** What a person calls the source. */
  title: string | undefined;
}): Promise<ChargeSource> {
  const { charges, partition, figure, sums, shares, selection, query } =
    options;
  const { rows, origins } = partition;
  const spans = rows
    ? await charges.listSpans(selection, rows, MOST_RESOURCES + 1)
    : [];
  const groups = groupSpans(spans);
  const rest = figure - sums[query.basis] - shares.net;
  const noSqlReason = whyNoSql(partition, spans.length);
  return {
    source: partition.sourceId,
    title: options.title ?? partition.sourceId,
    month: partition.month,
    publishedAt: partition.publishedAt.toISOString(),
    fingerprint: partition.fingerprint,
    total: nanosToDecimal(figure),
    rowCount: sums.rows,
    ...(sums.lines !== undefined && { lineCount: sums.lines }),
    rowTotal: nanosToDecimal(sums[query.basis]),
    ...(shares.shares.length > 0 && { shares: shares.shares }),
    ...(rest !== 0n && {
      withoutRows: {
        amount: nanosToDecimal(rest),
        reason: whyNoRows(partition, shares),
      },
    }),
    ...(origins && { origins: originsOf(origins, spans) }),
    filter: filterOf(query, groups),
    ...(noSqlReason === undefined && origins?.lineQuery
      ? {
          sql: chargeSql({
            lineQuery: origins.lineQuery,
            basis: query.basis,
            filter: query,
            groups,
          }),
        }
      : { noSqlReason }),
  };
}

/** Files and queries that tell of the figure's accounts. */
function originsOf(
  { count, named }: KeptOrigins,
  spans: readonly ResourceSpan[],
): ChargeSource['origins'] {
  const own = new Set(spans.map(({ accountId }) => accountId));
  const telling = named.filter(
    ({ accounts }) => accounts?.some(account => own.has(account)) ?? true,
  );
  return {
    count: count - named.length + telling.length,
    named: telling.map(({ accounts, ...origin }) => origin),
  };
}

function whyNoRows(
  { rows }: ChargePartition,
  { vague }: FigureParts,
): WithoutRows['reason'] {
  if (!rows) {
    return 'days-forgotten';
  }
  return vague ? 'shared-by-month' : 'relinked';
}

function whyNoSql(
  { rows, origins }: ChargePartition,
  resources: number,
): string | undefined {
  if (!rows) {
    return 'Only the sums of this month are kept, so nobody can say any more which lines they came from.';
  }
  if (resources > MOST_RESOURCES) {
    return `The figure is made of more than ${MOST_RESOURCES.toLocaleString(
      'en',
    )} resources, too many for a query to list. Open the figure of one service or one resource instead.`;
  }
  if (!origins) {
    return 'This month was read before its files were recorded. It is recorded when the month is read again.';
  }
  if (origins.named.some(({ kind }) => kind === 'query')) {
    return 'This source is asked, not read from files: run the queries above to get its answers once more. What one tag or cost category of an account costs stands in them as a group.';
  }
  return origins.lineQuery
    ? undefined
    : 'This source has no files that a person could query, or too many to name.';
}
