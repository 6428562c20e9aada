import fc from 'fast-check';
import { dayFromText, dayToText } from '../../database';
import { judge, type BudgetFacts } from './judge';
import { isFor, periodInWords, periodOf } from './period';

const unit = 1_000_000_000n;
const october = periodOf('month', dayFromText('2026-10-15'));

/** Ten dollars a day from the first of October on, complete through the given day. */
function facts(through: string, more: Partial<BudgetFacts> = {}): BudgetFacts {
  const dataThrough = dayFromText(through);
  const daily = new Map<number, bigint>();
  for (let day = october.from; day <= dataThrough; day++) {
    daily.set(day, 10n * unit);
  }
  return {
    amount: 1_200n * unit,
    currency: 'USD',
    period: 'month',
    window: october,
    entities: 1,
    hasCosts: true,
    freshness: 'fresh',
    dataThrough,
    missing: [],
    otherCurrencies: [],
    daily,
    recent: { days: 28, usage: 280n * unit },
    ...more,
  };
}

describe('judging a budget', () => {
  it('is on track where the rate keeps it to the end', () => {
    expect(judge(facts('2026-10-10'))).toEqual({
      state: 'on-track',
      reason:
        'At the present rate $310 of the October budget of $1,200 is spent.',
      spent: 100n * unit,
      dailyRate: 10n * unit,
      projected: 310n * unit,
      dataThrough: dayFromText('2026-10-10'),
      daysConsidered: 28,
    });
  });

  it('is at risk where it does not, and names the day', () => {
    const verdict = judge(
      facts('2026-10-10', { recent: { days: 28, usage: 28n * 80n * unit } }),
    );
    // 100 so far, 80 a day: 1,140 on the 23rd, 1,220 on the 24th.
    expect(verdict).toMatchObject({
      state: 'at-risk',
      reason:
        'At the present rate the October budget of $1,200 is exceeded on 24 Oct.',
      projected: 1_780n * unit,
    });
  });

  it('is kept by what equals it to the nano, and not by a nano more', () => {
    const exact = { amount: 310n * unit };
    expect(judge(facts('2026-10-10', exact)).state).toBe('on-track');
    const verdict = judge(
      facts('2026-10-10', {
        ...exact,
        recent: { days: 28, usage: 280n * unit + 28n },
      }),
    );
    expect(verdict.state).toBe('at-risk');
    expect(dayToText(verdict.exceededOn ?? 0)).toBe('2026-10-31');
  });

  it('is over from the day on that it was exceeded for good', () => {
    const given = facts('2026-10-10', { amount: 55n * unit });
    const daily = new Map(given.daily)
      .set(october.from, 60n * unit)
      .set(october.from + 1, -60n * unit);
    // 60, 0, 10, 20, … 60 on the eighth.
    expect(judge({ ...given, daily })).toMatchObject({
      state: 'over',
      reason:
        'The October budget of $55 was exceeded on 8 Oct: $80 through 10 Oct.',
      projected: 290n * unit,
    });
  });

  it.each<[string, Partial<BudgetFacts>]>([
    ['Nothing belongs to it yet.', { entities: 0 }],
    ['The bill has no line for it.', { hasCosts: false }],
    ['No day of it is complete yet.', { dataThrough: october.from - 1 }],
    ['No day of it is complete yet.', { dataThrough: undefined }],
    ['The bill could not be read the last time.', { freshness: 'failing' }],
    [
      'There is no data for 3 October 2026.',
      { missing: [{ from: october.from + 2, to: october.from + 3 }] },
    ],
    [
      'There are less than seven complete days to tell a rate from.',
      { recent: undefined },
    ],
  ])('cannot tell: %s', (why, more) => {
    expect(judge(facts('2026-10-10', more))).toMatchObject({
      state: 'cannot-tell',
      reason: `Whether the October budget of $1,200 is kept cannot be told. ${why}`,
    });
  });

  it('is over whatever is missing or old', () => {
    const more = {
      amount: unit,
      freshness: 'stale' as const,
      missing: [{ from: october.from, to: october.from + 1 }],
      recent: undefined,
    };
    expect(judge(facts('2026-10-10', more)).state).toBe('over');
  });

  it('names the first day on which the sum of the rate is above the amount, whatever the figures', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10_000n),
        fc.bigInt(1n, 500n),
        fc.constantFrom(7, 14, 21, 28),
        fc.integer({ min: 0, max: 30 }),
        (amount, usage, days, elapsed) => {
          const dataThrough = october.from + elapsed;
          const verdict = judge(
            facts('2026-10-01', {
              amount: amount + 1n,
              dataThrough,
              daily: new Map([[october.from, 1n]]),
              recent: { days, usage },
            }),
          );
          let expected: number | undefined;
          for (let day = dataThrough + 1; day < october.to; day++) {
            const spent = 1n * BigInt(days) + usage * BigInt(day - dataThrough);
            if (spent > (amount + 1n) * BigInt(days)) {
              expected = day;
              break;
            }
          }
          expect(verdict.exceededOn).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('periods', () => {
  const day = dayFromText('2026-11-26');
  it.each([
    ['month', '2026-11-01', '2026-12-01', 'November'],
    ['quarter', '2026-10-01', '2027-01-01', 'Q4 2026'],
    ['year', '2026-01-01', '2027-01-01', '2026'],
  ] as const)('%s', (period, from, to, words) => {
    const window = periodOf(period, day);
    expect([window.from, window.to].map(dayToText)).toEqual([from, to]);
    expect(periodInWords(period, window)).toBe(words);
  });

  it('knows which a budget is for', () => {
    const november = periodOf('month', day);
    expect(isFor({}, november)).toBe(true);
    expect(isFor({ fromMonth: '2026-12' }, november)).toBe(false);
    expect(isFor({ toMonth: '2026-10' }, november)).toBe(false);
    expect(isFor({ fromMonth: '2026-11', toMonth: '2026-11' }, november)).toBe(
      true,
    );
  });
});
