import {
  isZero,
  minus,
  NO_COST,
  plus,
  sizeOf,
  type Cost,
  type ExactAmount,
} from '../money';

/** What is smaller goes into one row a month: places that Cost Explorer rounds differently from question to question. */
const TINY = '1e-6';
/** A remainder that is larger than this and this part of the usage is worth a word. */
const REMARKABLE = '0.01';
const REMARKABLE_PART = '0.001';

/** What an account has left on one day. @internal */
export interface Remainder extends Cost {
  account: string;
  day: number;
  currency: string;
}

interface Sum {
  account: string;
  currency: string;
  usage: Cost;
  byDay: Map<number, Cost>;
}

/**
 * What the control query has beyond the usage that was told apart, by account, currency and day.
 *
 * @internal
 */
export class Remainders {
  private readonly sums = new Map<string, Sum>();

  /** Usage that the control query has. */
  expect(account: string, line: Cost & { day: number; currency: string }) {
    const sum = this.sumOf(account, line);
    sum.usage = plus(sum.usage, line);
    sum.byDay.set(line.day, plus(sum.byDay.get(line.day) ?? NO_COST, line));
  }

  /** Usage that was told apart. */
  found(account: string, line: Cost & { day: number; currency: string }) {
    const { byDay } = this.sumOf(account, line);
    byDay.set(line.day, minus(byDay.get(line.day) ?? NO_COST, line));
  }

  rows(): Remainder[] {
    return [...this.sums.values()].flatMap(({ account, currency, byDay }) => {
      const rows: Remainder[] = [];
      let tiny = NO_COST;
      for (const [day, left] of byDay) {
        if (sizeOf(left).lt(TINY)) {
          tiny = plus(tiny, left);
        } else {
          rows.push({ account, currency, day, ...left });
        }
      }
      if (!isZero(tiny)) {
        const day = Math.max(...byDay.keys());
        rows.push({ account, currency, day, ...tiny });
      }
      return rows;
    });
  }

  /** Accounts of whose usage a part was not told apart that is not tiny. */
  remarkable(): Array<{
    account: string;
    currency: string;
    left: ExactAmount;
    usage: ExactAmount;
  }> {
    return [...this.sums.values()].flatMap(
      ({ account, currency, usage, byDay }) => {
        const left = sizeOf([...byDay.values()].reduce(plus, NO_COST));
        return left.gt(REMARKABLE) &&
          left.gt(sizeOf(usage).times(REMARKABLE_PART))
          ? [{ account, currency, left, usage: sizeOf(usage) }]
          : [];
      },
    );
  }

  private sumOf(account: string, { currency }: { currency: string }): Sum {
    const key = JSON.stringify([account, currency]);
    const sum = this.sums.get(key) ?? {
      account,
      currency,
      usage: NO_COST,
      byDay: new Map(),
    };
    this.sums.set(key, sum);
    return sum;
  }
}
