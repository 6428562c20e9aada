import { describeSchedule, nextRun } from './schedules';

const now = new Date('2026-03-10T12:00:00Z');
const started = new Date('2026-03-10T10:30:00Z');

describe('schedules', () => {
  it('counts an interval from the last start', () => {
    expect(nextRun({ hours: 6 }, started, now)?.toISOString()).toBe(
      '2026-03-10T16:30:00.000Z',
    );
    expect(nextRun({ hours: 6 }, undefined, now)).toBeUndefined();
    expect(describeSchedule({ hours: 6 })).toEqual({
      kind: 'interval',
      every: 'PT6H',
    });
  });

  it('reads a cron expression, whether anything has run or not', () => {
    const frequency = { cron: '15 3 * * *' };
    const next = nextRun(frequency, undefined, now)!;
    expect([next.getHours(), next.getMinutes()]).toEqual([3, 15]);
    expect(next.getTime()).toBeGreaterThan(now.getTime());
    expect(next.getTime()).toBeLessThanOrEqual(now.getTime() + 86_400_000);
    expect(nextRun(frequency, started, now)).toEqual(next);
    expect(describeSchedule(frequency)).toEqual({
      kind: 'cron',
      cron: '15 3 * * *',
    });
  });

  it('never starts by itself what somebody starts', () => {
    expect(nextRun({ trigger: 'manual' }, started, now)).toBeUndefined();
    expect(describeSchedule({ trigger: 'manual' })).toEqual({
      kind: 'manual',
    });
  });
});
