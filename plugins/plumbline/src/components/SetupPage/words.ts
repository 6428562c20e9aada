import type {
  CollectionRun,
  FreshnessState,
  SourceDetails,
  SuggestionConfidence,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatAgo } from '../../format';

/** How a source is doing, in a word or two. */
export const sourceStateLabels: Record<FreshnessState, string> = {
  fresh: 'Up to date',
  stale: 'Out of date',
  partial: 'Read in part',
  failing: 'Failing',
  paused: 'Paused',
  unknown: 'Not read yet',
};

/** How a run ended. */
export const runStateLabels: Record<CollectionRun['state'], string> = {
  running: 'at work',
  succeeded: 'succeeded',
  partial: 'brought a part',
  failed: 'failed',
  'budget-exhausted': 'stopped: no paid call left that day',
  abandoned: 'was given up',
};

/** What a suggestion rests on. */
export const confidenceLabels: Record<SuggestionConfidence, string> = {
  state: 'State file',
  tag: 'Tag',
  name: 'Name',
};

/** `1 resource`, `2 resources`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** When a source is next collected. */
export function nextRunText(source: SourceDetails): string {
  const { schedule, pause, nextRunAt } = source;
  if (pause?.reason === 'operator') {
    return 'Not before it is resumed';
  }
  switch (schedule.kind) {
    case 'manual':
      return 'When somebody starts it: its schedule is manual';
    case 'cron':
      return `${instantText(nextRunAt)} (cron ${schedule.cron})`;
    default:
      return nextRunAt ? instantText(nextRunAt) : 'Soon: it was never read';
  }
}

/** What the last run was: when, how long, how much, and how it ended. */
export function lastRunText(source: SourceDetails, now?: Date): string {
  const { lastRun: run, pause } = source;
  if (!run) {
    return 'None yet';
  }
  if (run.state === 'running' && pause) {
    return `Stopped in the middle, ${formatAgo(
      run.startedAt,
      now,
    )}; it goes on from there once resumed`;
  }
  const took = run.finishedAt && durationText(run.startedAt, run.finishedAt);
  return [
    `${formatAgo(run.startedAt, now)}, ${runStateLabels[run.state]}`,
    took && `took ${took}`,
    countOf(run.rows, 'line'),
    run.paidCalls > 0 && countOf(run.paidCalls, 'paid call'),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `23 Nov 2026, 12:00 UTC`. */
export function instantText(instant: string | undefined): string {
  return instant
    ? `${new Intl.DateTimeFormat('en-GB', {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: 'UTC',
      }).format(new Date(instant))} UTC`
    : 'Not known';
}

function durationText(from: string, to: string): string {
  const seconds = Math.max(
    0,
    Math.round((Date.parse(to) - Date.parse(from)) / 1000),
  );
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
