import type { CostExplorerClientConfig } from '@aws-sdk/client-cost-explorer';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  CollectContext,
  CostBatch,
  CostOrigin,
  CostSource,
} from '@plumbline/backstage-plugin-plumbline-node';
import { isError } from '@backstage/errors';
import { CostExplorerApi } from './api/CostExplorerApi';
import { dayOfInstant, firstDayOf, lastDayOf, monthOfDay } from '../calendar';
import type { CostExplorerSettings } from './config';
import { AwsReadError } from '../aws';
import { isZero } from './money';
import { bookMonth } from './read/bookMonth';
import { checkDetailKey } from './read/checkDetailKey';
import { fingerprintOf } from './read/fingerprint';
import { lastCompleteDay } from './read/lastCompleteDay';
import { planSpans, type Span } from './read/planSpans';
import { readSpan, type SpanReading } from './read/readSpan';
import { isUsage, kindOfRecord } from './recordTypes';

/** History is asked for in spans of so many months: a few calls for all of it, and not much lost when one fails. */
const SPAN_MONTHS = 4;

/** @internal */
export interface CostExplorerSourceOptions {
  settings: CostExplorerSettings;
  credentials: AwsCredentialsManager;
  now?: () => Date;
  /** Settings of the client beside its own. */
  client?: Partial<CostExplorerClientConfig>;
}

/**
 * AWS Cost Explorer as a source of cost: a partition is a billing month.
 *
 * @internal
 */
export class CostExplorerSource implements CostSource {
  static create(options: CostExplorerSourceOptions): CostExplorerSource {
    return new CostExplorerSource(options);
  }

  readonly id: string;
  readonly title: string;
  readonly schedule: CostSource['schedule'];
  readonly paidCallsPerDay: number;
  readonly restatedMonths: number;
  private readonly settings: CostExplorerSettings;
  private readonly now: () => Date;
  /** Falls where a span takes more calls than there are in a day. */
  private spanMonths = SPAN_MONTHS;

  private constructor(private readonly options: CostExplorerSourceOptions) {
    const { settings } = options;
    this.id = `cost-explorer:${settings.name}`;
    this.title = settings.title;
    this.schedule = settings.schedule;
    this.paidCallsPerDay = settings.paidCallsPerDay;
    this.restatedMonths = settings.restatedMonths;
    this.settings = settings;
    this.now = options.now ?? (() => new Date());
  }

  async *collect(context: CollectContext): AsyncGenerator<CostBatch> {
    const { budget, signal } = context;
    signal.throwIfAborted();
    const steps = planSpans({
      context,
      present: monthOfDay(dayOfInstant(this.now())),
      restatedMonths: this.restatedMonths,
      spanMonths: this.spanMonths,
    });
    const api = await CostExplorerApi.open({ ...this.options, budget, signal });
    try {
      for (const step of steps) {
        signal.throwIfAborted();
        if (step.type === 'known') {
          const { month } = step;
          yield { type: 'unchanged', partition: month, cursor: month };
        } else {
          yield* this.collectSpan(step.span, api, context);
        }
      }
    } finally {
      api.close();
    }
  }

  private async *collectSpan(
    span: Span,
    api: CostExplorerApi,
    context: CollectContext,
  ): AsyncGenerator<CostBatch> {
    let reading: SpanReading;
    let problems: SourceProblem[];
    try {
      reading = await this.readSpan(span, api, context);
      problems =
        reading.valueless && !span.closed
          ? await checkDetailKey(api, reading.days, this.settings.detailBy)
          : [];
    } catch (error) {
      if (!(error instanceof AwsReadError)) {
        throw error;
      }
      for (const month of span.months) {
        yield {
          type: 'failed',
          partition: month,
          problems: [
            { severity: 'error', partition: month, message: error.reason },
          ],
          cursor: month,
        };
      }
      return;
    }
    for (const month of span.months) {
      context.signal.throwIfAborted();
      const isNewest = month === span.months[span.months.length - 1];
      yield* this.partition(
        month,
        span,
        reading,
        isNewest ? [...problems, ...this.shortages(reading)] : [],
        context,
      );
    }
  }

  private async readSpan(
    { months, closed }: Span,
    api: CostExplorerApi,
    { budget }: CollectContext,
  ): Promise<SpanReading> {
    const [first] = months;
    const newest = months[months.length - 1];
    // Tomorrow will not do better where even the calls of a whole day do not suffice.
    const wholeDay = budget.remaining >= this.paidCallsPerDay;
    const canShrink = closed && months.length > 1;
    try {
      return await readSpan({
        api,
        days: {
          first: firstDayOf(first),
          last: Math.min(lastDayOf(newest), dayOfInstant(this.now())),
        },
        settings: this.settings,
        frugal: wholeDay && !canShrink,
      });
    } catch (error) {
      if (
        wholeDay &&
        canShrink &&
        isError(error) &&
        error.name === 'BudgetExhaustedError'
      ) {
        this.spanMonths = Math.ceil(months.length / 2);
      }
      throw error;
    }
  }

  private *partition(
    month: string,
    { closed }: Span,
    reading: SpanReading,
    more: SourceProblem[],
    { published }: CollectContext,
  ): Generator<CostBatch> {
    const { ledger, lines, problems } = bookMonth(
      month,
      {
        first: firstDayOf(month),
        last: lastDayOf(month),
      },
      reading,
      this.settings.detailBy,
    );
    if (ledger.isEmpty) {
      yield* this.nothing(month, published.has(month));
      return;
    }
    const dataThrough = lastCompleteDay(
      month,
      newestUsage(reading),
      dayOfInstant(this.now()),
    );
    const fingerprint = fingerprintOf([ledger.content(), dataThrough], closed);
    if (published.get(month) === fingerprint) {
      yield { type: 'unchanged', partition: month, cursor: month };
      return;
    }
    yield { type: 'partition', partition: month };
    yield* ledger.batches();
    yield {
      type: 'complete',
      partition: month,
      fingerprint,
      totals: ledger.totals(),
      rowsRead: lines,
      dataThrough,
      origins: this.origins(month, reading),
      problems: [...problems, ...more],
      cursor: month,
    };
  }

  /** A month without charges: of an account that is new, or the present one on its first day. */
  private *nothing(month: string, hadCharges: boolean): Generator<CostBatch> {
    if (hadCharges) {
      yield {
        type: 'failed',
        partition: month,
        problems: [
          {
            severity: 'error',
            partition: month,
            message: `Cost Explorer has no charges any more for ${month}, for which it had some; those from before stay. Check 'linkedAccounts' and 'accountId' of ${this.title}`,
          },
        ],
        cursor: month,
      };
    }
  }

  /** The questions of the span, with the lines of their answers that are of the month. */
  private origins(month: string, { asked }: SpanReading): CostOrigin[] {
    const { accountId } = this.settings;
    return asked.map(({ command, account, lines }) => ({
      kind: 'query',
      name: command,
      rows: lines.get(month) ?? 0,
      ...(account !== undefined && { accounts: [account] }),
      ...(accountId !== undefined && { askedAs: accountId }),
    }));
  }

  private shortages({ unread }: SpanReading): SourceProblem[] {
    if (unread.length === 0) {
      return [];
    }
    const [{ days }] = unread;
    const whats = [...new Set(unread.map(({ what }) => what))];
    return [
      {
        severity: 'warning',
        message: `The ${
          this.paidCallsPerDay
        } calls of a day do not suffice to tell apart the usage of ${whats.join(
          ', ',
        )}: their totals are right, and count for the rest of the account from ${monthOfDay(
          days.first,
        )} on. Raise 'paidCallsPerDay', or lower 'maxDetailAccounts'`,
      },
    ];
  }
}

function newestUsage({ control }: SpanReading): number {
  return control.reduce((newest, line) => {
    const kind = kindOfRecord(line.keys[1]);
    return kind && isUsage(kind) && !isZero(line) && line.day > newest
      ? line.day
      : newest;
  }, -Infinity);
}
