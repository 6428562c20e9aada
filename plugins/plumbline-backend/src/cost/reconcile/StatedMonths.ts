import type {
  Month,
  ReconciledMonth,
  ReconciledStatement,
} from '@plumbline/backstage-plugin-plumbline-common';
import { parseDecimal, type PlumblineDatabase } from '../../database';
import { MonthPartitions } from '../statements/MonthPartitions';
import type {
  MonthPartition,
  StatedPartition,
} from '../statements/MonthPartitions';
import { StatementStore } from '../statements/StatementStore';
import type { StatementRecord } from '../statements/StatementStore';

/** What rounding a month of one source to nanos may leave. */
const ROUNDING = '1e-9';

const ZERO = parseDecimal('0');

type Reason = ReconciledStatement['reasons'][number];

/**
 * What closed months were stated to cost, beside what the exports bill now and what the invoices say.
 *
 * @internal
 */
export class StatedMonths {
  readonly #partitions: MonthPartitions;
  readonly #statements: StatementStore;

  private constructor(database: PlumblineDatabase) {
    this.#partitions = MonthPartitions.create({ database });
    this.#statements = StatementStore.create({ database });
  }

  static create(options: { database: PlumblineDatabase }): StatedMonths {
    return new StatedMonths(options.database);
  }

  /**
   * One for each currency of a closed month, the newest month first.
   *
   * @param bills - the live bills of the months
   */
  async compare(
    bills: readonly ReconciledMonth[],
  ): Promise<ReconciledStatement[]> {
    const months = [...new Set(bills.map(({ month }) => month))];
    const statements = await this.#statements.list(months);
    const compared: ReconciledStatement[] = [];
    for (const month of months) {
      const ofMonth = statements.filter(one => one.month === month);
      if (ofMonth.length > 0) {
        const reasons = await this.#reasons(month, bills);
        for (const currency of currenciesOf(month, ofMonth, bills)) {
          compared.push(
            compareMonth({
              month,
              currency,
              statements: ofMonth,
              bills: bills.filter(
                bill => bill.month === month && bill.currency === currency,
              ),
              reasons,
            }),
          );
        }
      }
    }
    return compared;
  }

  /** Which sources' live bills are not what the statement goes up to. */
  async #reasons(
    month: Month,
    bills: readonly ReconciledMonth[],
  ): Promise<Reason[]> {
    const [partitions, stated] = await Promise.all([
      this.#partitions.ofMonth(month),
      this.#partitions.statedOf(month),
    ]);
    const counted = new Map(
      bills
        .filter(bill => bill.month === month)
        .map(({ source, title }) => [source, title]),
    );
    return partitions.flatMap(partition => {
      const { source } = partition;
      const reason = reasonOf(
        partition,
        stated.get(partition.sourceKey),
        counted.has(source),
      );
      return reason
        ? [{ reason, source, title: counted.get(source) ?? source }]
        : [];
    });
  }
}

function reasonOf(
  { entityGeneration, hasRows }: MonthPartition,
  stated: StatedPartition | undefined,
  counted: boolean,
): Reason['reason'] | undefined {
  if (stated?.hasRows && !hasRows) {
    return 'emptied';
  }
  if (!counted && hasRows) {
    return 'retired';
  }
  return stated?.entityGeneration === entityGeneration
    ? undefined
    : 'not-restated';
}

function currenciesOf(
  month: Month,
  statements: readonly StatementRecord[],
  bills: readonly ReconciledMonth[],
): string[] {
  return [
    ...new Set([
      ...statements.flatMap(({ totals }) =>
        totals.map(({ currency }) => currency),
      ),
      ...bills
        .filter(bill => bill.month === month)
        .map(({ currency }) => currency),
    ]),
  ].sort();
}

function compareMonth(options: {
  month: Month;
  currency: string;
  statements: readonly StatementRecord[];
  bills: readonly ReconciledMonth[];
  reasons: readonly Reason[];
}): ReconciledStatement {
  const { month, currency, statements, bills, reasons } = options;
  const [closing, ...restatements] = statements;
  const billedOf = (some: readonly StatementRecord[]) =>
    some
      .flatMap(({ totals }) => totals)
      .filter(total => total.currency === currency)
      .reduce((sum, { billed }) => sum.plus(parseDecimal(billed)), ZERO);
  const total = billedOf(statements);
  const exported = bills.reduce(
    (sum, { billed }) => sum.plus(parseDecimal(billed)),
    ZERO,
  );
  const difference = exported.minus(total);
  const agrees = difference
    .abs()
    .lte(parseDecimal(ROUNDING).times(Math.max(1, bills.length)));
  const known = bills.flatMap(({ invoiceTotal }) => invoiceTotal ?? []);
  return {
    month,
    currency,
    closedAt: closing.statedAt.toISOString(),
    closing: billedOf([closing]).toFixed(),
    restatements: restatements.length,
    restated: billedOf(restatements).toFixed(),
    total: total.toFixed(),
    exported: exported.toFixed(),
    difference: difference.toFixed(),
    agrees,
    ...(bills.length > 0 &&
      known.length === bills.length && {
        invoiceTotal: known
          .reduce((sum, amount) => sum.plus(parseDecimal(amount)), ZERO)
          .toFixed(),
      }),
    invoices: invoicesOf(bills),
    reasons: agrees ? [] : [...reasons],
  };
}

function invoicesOf(
  bills: readonly ReconciledMonth[],
): ReconciledStatement['invoices'] {
  if (bills.some(({ state }) => state === 'differs')) {
    return 'differ';
  }
  return bills.length > 0 && bills.every(({ state }) => state === 'matches')
    ? 'match'
    : 'not-known';
}
