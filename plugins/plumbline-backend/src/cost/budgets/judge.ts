import type {
  BudgetPeriod,
  FreshnessState,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText, nanosToDecimal } from '../../database';
import type { DayWindow } from '../CostStore';
import { missingSentence } from '../missingSentence';
import { periodInWords } from './period';
import type { BudgetVerdict } from './types';

/** What a budget is judged by. Amounts in nanos. @internal */
export interface BudgetFacts {
  amount: bigint;
  currency: string;
  period: BudgetPeriod;
  window: DayWindow;
  /** Entities that are counted. */
  entities: number;
  /** Whether any of them has a cost in the period, or lately had. */
  hasCosts: boolean;
  freshness: FreshnessState;
  /** The last complete day of the sources that the costs come from. */
  dataThrough?: number;
  /** Days of the period up to then that at least one of these sources has no data of. */
  missing: readonly DayWindow[];
  /** Currencies of costs in the period that the budget does not count. */
  otherCurrencies: readonly string[];
  /** Cost by day of the period, up to `dataThrough`. */
  daily: ReadonlyMap<number, bigint>;
  /** Usage of the last complete days, in whole weeks; absent where there are less than seven. */
  recent?: { days: number; usage: bigint };
}

const OLD_DATA: Record<Exclude<FreshnessState, 'fresh'>, string> = {
  stale: 'The bill has not been read for longer than it should.',
  partial: 'Only a part of the bill could be read the last time.',
  failing: 'The bill could not be read the last time.',
  paused: 'Reading the bill is paused.',
  unknown: 'It is not known yet whether the bill was read completely.',
};

const SHORT_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/**
 * How a budget stands: `projected = spent + rate × days left`, where `spent` is every charge from the period's first
 * day to the last complete one, and `rate` the mean daily usage of the last 28 complete days (21, 14 or 7 where the
 * data begins later: whole weeks, so that each weekday counts alike). Purchases, tax, credits and corrections are in
 * `spent` and not in the rate: they do not go on day by day. Computed in whole nanos, rounded at the end.
 *
 * That it is exceeded is a fact that missing days cannot undo; everything else needs all of them.
 *
 * @internal
 */
export function judge(facts: BudgetFacts): BudgetVerdict {
  const { amount, window, dataThrough, recent, freshness } = facts;
  const name = `${periodInWords(facts.period, window)} budget of ${money(
    amount,
    facts.currency,
  )}`;
  const cannotTell = (
    why: string,
    known: Partial<BudgetVerdict> = {},
  ): BudgetVerdict => ({
    ...known,
    state: 'cannot-tell',
    reason: `Whether the ${name} is kept cannot be told. ${why}`,
    daysConsidered: recent?.days ?? 0,
  });
  if (facts.entities === 0) {
    return cannotTell('Nothing belongs to it yet.');
  }
  if (!facts.hasCosts) {
    return cannotTell('The bill has no line for it.');
  }
  if (dataThrough === undefined || dataThrough < window.from) {
    return cannotTell('No day of it is complete yet.', { dataThrough });
  }
  const spent = [...facts.daily.values()].reduce((sum, day) => sum + day, 0n);
  const known = { spent, dataThrough, daysConsidered: recent?.days ?? 0 };
  const projection = recent && project(facts, recent, spent, dataThrough);
  if (spent > amount) {
    const exceededOn = dayExceeded(facts);
    return {
      ...known,
      ...projection,
      state: 'over',
      exceededOn,
      reason: `The ${name} was exceeded on ${dayInWords(exceededOn)}: ${money(
        spent,
        facts.currency,
      )} through ${dayInWords(dataThrough)}.`,
    };
  }
  // Nothing of what it is for was ever counted: that is not to have spent nothing.
  if (
    facts.otherCurrencies.length > 0 &&
    facts.daily.size === 0 &&
    !recent?.usage
  ) {
    return cannotTell(
      `All of its costs are in ${facts.otherCurrencies.join(
        ', ',
      )}, which a budget in ${facts.currency} does not count.`,
      known,
    );
  }
  if (freshness !== 'fresh') {
    return cannotTell(OLD_DATA[freshness], known);
  }
  const gaps = missingSentence(facts.missing, {
    from: window.from,
    to: dataThrough + 1,
  });
  if (gaps) {
    return cannotTell(gaps, known);
  }
  if (!projection) {
    return cannotTell(
      'There are less than seven complete days to tell a rate from.',
      known,
    );
  }
  return projection.exceededOn !== undefined
    ? {
        ...known,
        ...projection,
        state: 'at-risk',
        reason: `At the present rate the ${name} is exceeded on ${dayInWords(
          projection.exceededOn,
        )}.`,
      }
    : {
        ...known,
        ...projection,
        state: 'on-track',
        reason: `At the present rate ${money(
          projection.projected,
          facts.currency,
        )} of the ${name} is spent.`,
      };
}

function project(
  { amount, window }: BudgetFacts,
  recent: { days: number; usage: bigint },
  spent: bigint,
  dataThrough: number,
): { dailyRate: bigint; projected: bigint; exceededOn?: number } {
  const days = BigInt(recent.days);
  const left = BigInt(window.to - 1 - dataThrough);
  const toCome = recent.usage * left;
  const exceeds = spent * days + toCome > amount * days;
  return {
    dailyRate: roundedDivision(recent.usage, days),
    projected: spent + roundedDivision(toCome, days),
    // The first day after which more than the rest of the amount has gone.
    ...(exceeds &&
      spent <= amount && {
        exceededOn:
          dataThrough + Number(((amount - spent) * days) / recent.usage) + 1,
      }),
  };
}

/** The first day at whose end the sum was over the amount, and has been so ever since. */
function dayExceeded({ daily, amount, window }: BudgetFacts): number {
  let sum = 0n;
  let exceededOn = window.from;
  for (const day of [...daily.keys()].sort((a, b) => a - b)) {
    const wasOver = sum > amount;
    sum += daily.get(day) ?? 0n;
    if (sum > amount && !wasOver) {
      exceededOn = day;
    }
  }
  return exceededOn;
}

/** Half away from zero. */
function roundedDivision(dividend: bigint, divisor: bigint): bigint {
  const doubled = 2n * (dividend < 0n ? -dividend : dividend) + divisor;
  const quotient = doubled / (2n * divisor);
  return dividend < 0n ? -quotient : quotient;
}

function dayInWords(day: number): string {
  return SHORT_DAY.format(new Date(dayToText(day)));
}

function money(nanos: bigint, currency: string): string {
  const whole = nanos % 1_000_000_000n === 0n;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    ...(whole && { maximumFractionDigits: 0 }),
  }).format(nanosToDecimal(nanos) as `${number}`);
}
