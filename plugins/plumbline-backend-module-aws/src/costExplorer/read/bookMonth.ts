import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type { BilledResource } from '@plumbline/backstage-plugin-plumbline-node';
import type { Days } from '../api/CostExplorerApi';
import type { CostLine } from '../api/linesOf';
import type { DetailKey } from '../config';
import { isZero, ZERO } from '../money';
import { isUsage, kindOfRecord, UNKNOWN_RECORD } from '../recordTypes';
import type { RecordKind } from '../recordTypes';
import { MonthLedger } from './MonthLedger';
import type { SpanReading } from './readSpan';
import { Remainders } from './Remainders';
import { clean, resourceOf } from './resources';

/** A month, booked. @internal */
export interface BookedMonth {
  ledger: MonthLedger;
  /** Lines it was made from. */
  lines: number;
  problems: SourceProblem[];
}

/**
 * Books a month so that its rows add up to the control query exactly: usage as it was told apart, what the control
 * query has beyond that on the rest of each account, and all that is no usage on the account, as its kind demands.
 *
 * @internal
 */
export function bookMonth(
  month: string,
  days: Days,
  reading: SpanReading,
  detailBy: DetailKey,
): BookedMonth {
  const within = ({ day }: { day: number }) =>
    day >= days.first && day <= days.last;
  const control = reading.control.filter(within);
  const details = reading.details.filter(within);
  const accountOf = (id: string) => ({
    id,
    name: reading.accountNames.get(id),
  });
  const ledger = new MonthLedger();
  const remainders = new Remainders();
  const unknown = new Set<string>();

  for (const line of control) {
    const [account, recordType] = line.keys;
    const kind = kindOfRecord(recordType);
    if (!kind) {
      unknown.add(recordType);
    }
    if (kind && isUsage(kind)) {
      remainders.expect(account, line);
    } else {
      const rest = resourceOf(accountOf(account));
      bookOnAccount(ledger, rest, kind ?? UNKNOWN_RECORD, line);
    }
  }
  for (const { account, value, service, covered, ...line } of details) {
    remainders.found(account, line);
    ledger.add({
      ...line,
      resource: resourceOf(
        accountOf(account),
        value === undefined ? undefined : { by: detailBy, value },
      ),
      service: clean(service) || 'Other',
      category: 'Usage',
      commitment: covered ? 'Used' : undefined,
    });
  }
  for (const { account, ...line } of remainders.rows()) {
    ledger.add({
      ...line,
      resource: resourceOf(accountOf(account)),
      service: 'Other',
      category: 'Usage',
    });
  }
  return {
    ledger,
    lines: control.length + details.length,
    problems: [
      ...[...unknown].sort().map(
        (recordType): SourceProblem => ({
          severity: 'warning',
          partition: month,
          message: `Charges of the type '${clean(
            recordType,
          )}' are not known here; they count as Adjustment of the account`,
        }),
      ),
      ...(reading.unread.length > 0 ? [] : remarks(month, remainders)),
    ],
  };
}

function bookOnAccount(
  ledger: MonthLedger,
  resource: BilledResource,
  kind: RecordKind,
  { day, currency, effective, billed }: CostLine,
): void {
  const on = { resource, day, currency };
  if (kind.type === 'other') {
    const { service, category } = kind;
    ledger.add({ ...on, service, category, effective, billed });
  } else if (kind.type === 'commitment-fee') {
    const { service } = kind;
    const parts = [
      {
        category: 'Usage',
        commitment: 'Unused',
        effective,
        billed: ZERO,
      },
      { category: 'Purchase', effective: ZERO, billed },
    ] as const;
    for (const part of parts.filter(cost => !isZero(cost))) {
      ledger.add({ ...on, service, ...part });
    }
  }
}

function remarks(month: string, remainders: Remainders): SourceProblem[] {
  return remainders.remarkable().map(({ account, currency, left, usage }) => ({
    severity: 'warning',
    partition: month,
    message: `${left.toFixed(2)} ${currency} of the ${usage.toFixed(
      2,
    )} ${currency} that account ${account} used in ${month} are not told apart: Cost Explorer's answers by service do not add up to its totals. They count for the rest of the account`,
  }));
}
