import type { CollectContext } from '@plumbline/backstage-plugin-plumbline-node';
import { addMonths, monthsBetween } from '../../calendar';
import { isClosed } from './fingerprint';

/** Cost Explorer keeps the present month and the thirteen before it. */
const KEPT_MONTHS = 14;

/** Months that are asked for together, the oldest first. @internal */
export interface Span {
  months: string[];
  /** They will not be asked for again. */
  closed: boolean;
}

/** What to do, the oldest month first. @internal */
export type Step =
  | { type: 'read'; span: Span }
  /** Was read when it was closed already: what Cost Explorer says of it now would cost a call. */
  | { type: 'known'; month: string };

/**
 * Splits the months of a run into spans: as few calls as possible, yet not all lost when one fails.
 *
 * @param present - the present month
 * @param spanMonths - months of a span at most
 * @internal
 */
export function planSpans(options: {
  context: Pick<CollectContext, 'window' | 'cursor' | 'published'>;
  present: string;
  restatedMonths: number;
  spanMonths: number;
}): Step[] {
  const { context, present, restatedMonths, spanMonths } = options;
  const { window, cursor, published } = context;
  const oldest = addMonths(present, 1 - KEPT_MONTHS);
  const open = addMonths(present, -restatedMonths);
  const steps: Step[] = [];
  let span: Span | undefined;
  for (const month of monthsBetween(
    window.from > oldest ? window.from : oldest,
    window.to < present ? window.to : present,
  )) {
    const closed = month < open;
    if (cursor !== undefined && month <= cursor) {
      continue;
    }
    if (closed && isClosed(published.get(month))) {
      steps.push({ type: 'known', month });
      span = undefined;
    } else if (span?.closed === closed && span.months.length < spanMonths) {
      span.months.push(month);
    } else {
      span = { months: [month], closed };
      steps.push({ type: 'read', span });
    }
  }
  return steps;
}
