import { dayFromText } from '../../database';
import { obstacleOf, type SourceRecord } from './obstacleOf';

const complete: SourceRecord = {
  id: 'focus:aws',
  months: new Set(['2025-12', '2026-01', '2026-02']),
  dataThrough: dayFromText('2026-02-03'),
  lastRun: { state: 'succeeded', problems: [], problemCount: 0 },
};

const problem = (partition?: string) => ({
  severity: 'error' as const,
  message: 'no',
  partition,
});

describe('what keeps a month open', () => {
  const cases: [string, Partial<SourceRecord>, string | undefined][] = [
    ['nothing', {}, undefined],
    [
      'a source that was never read to its end',
      { lastRun: undefined },
      "Source 'focus:aws' has not been read to its end yet.",
    ],
    [
      'a source without anything',
      { months: new Set() },
      "Source 'focus:aws' has never delivered anything.",
    ],
    [
      'a source that fails',
      { lastRun: { state: 'failed', problems: [], problemCount: 1 } },
      "The last run of source 'focus:aws' failed.",
    ],
    [
      'a run that was given up',
      { lastRun: { state: 'abandoned', problems: [], problemCount: 1 } },
      "The last run of source 'focus:aws' failed.",
    ],
    [
      'a run that could not take the month',
      {
        lastRun: {
          state: 'partial',
          problems: [problem('2026-01')],
          problemCount: 1,
        },
      },
      "The last run of source 'focus:aws' could not take all of this month.",
    ],
    [
      'a run that does not say which month it could not take',
      {
        lastRun: { state: 'partial', problems: [problem()], problemCount: 1 },
      },
      "The last run of source 'focus:aws' could not take all of this month.",
    ],
    [
      'a run with more problems than are kept',
      {
        lastRun: {
          state: 'partial',
          problems: [problem('2025-12')],
          problemCount: 2,
        },
      },
      "The last run of source 'focus:aws' could not take all of this month.",
    ],
    [
      'not a run that could not take another month',
      {
        lastRun: {
          state: 'partial',
          problems: [problem('2025-12')],
          problemCount: 1,
        },
      },
      undefined,
    ],
    [
      'a budget that is spent',
      { lastRun: { state: 'budget-exhausted', problems: [], problemCount: 0 } },
      "The last run of source 'focus:aws' stopped early: its paid calls of the day were spent.",
    ],
    [
      'a month left out',
      { months: new Set(['2025-12', '2026-02']) },
      "Source 'focus:aws' has delivered nothing for this month.",
    ],
    [
      'not a source that began later',
      { months: new Set(['2026-02']) },
      undefined,
    ],
    [
      'data that ends early',
      { dataThrough: dayFromText('2026-01-30') },
      "The data of source 'focus:aws' ends on 2026-01-30.",
    ],
    [
      'not data that ends with the month',
      { dataThrough: dayFromText('2026-01-31') },
      undefined,
    ],
  ];

  it.each(cases)('is %s', (_what, change, sentence) => {
    expect(obstacleOf({ ...complete, ...change }, '2026-01')).toBe(sentence);
  });
});
