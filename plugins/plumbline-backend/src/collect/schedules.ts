import type { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';
import type { SourceSchedule } from '@plumbline/backstage-plugin-plumbline-common';
import { CronTime } from 'cron';
import { Duration } from 'luxon';

type Frequency = SchedulerServiceTaskScheduleDefinition['frequency'];

/** A schedule as the API says it. @internal */
export function describeSchedule(frequency: Frequency): SourceSchedule {
  if ('cron' in frequency) {
    return { kind: 'cron', cron: frequency.cron };
  }
  if ('trigger' in frequency) {
    return { kind: 'manual' };
  }
  return { kind: 'interval', every: intervalOf(frequency).toISO() ?? '' };
}

/**
 * When a source is next collected, as the scheduler works it out: an interval counts from the last start, a cron
 * expression is read in the time zone of this process.
 *
 * @returns undefined where nothing but a person starts it, and before the first run of an interval
 * @internal
 */
export function nextRun(
  frequency: Frequency,
  lastStart: Date | undefined,
  now: Date,
): Date | undefined {
  if ('cron' in frequency) {
    return new CronTime(frequency.cron).getNextDateFrom(now).toJSDate();
  }
  if ('trigger' in frequency || !lastStart) {
    return undefined;
  }
  return new Date(lastStart.getTime() + intervalOf(frequency).toMillis());
}

function intervalOf(
  frequency: Exclude<Frequency, { cron: string } | { trigger: 'manual' }>,
): Duration {
  return Duration.isDuration(frequency)
    ? frequency
    : Duration.fromObject(frequency as HumanDuration);
}
