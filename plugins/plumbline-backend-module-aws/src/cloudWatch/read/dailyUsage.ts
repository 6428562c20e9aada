import type { DailyUsage } from '@plumbline/backstage-plugin-plumbline-node';
import { Decimal } from 'decimal.js';
import { AwsReadError } from '../../aws';
import { dateOfDay } from '../../calendar';
import type { MetricAnswer } from '../api/Answers';
import type { MetricSeries } from '../config';
import { nameOf } from './nameOf';

const DAY_MS = 86_400_000;
/** As many places as are kept. */
const PLACES = 6;
/** As much as Plumbline takes for a day. */
const MOST = 9_000_000_000_000;

/** A series and what CloudWatch has of it. @internal */
export interface AnsweredSeries {
  series: MetricSeries;
  answer: MetricAnswer;
}

/** Days since 1970-01-01; the second one is not part of it. @internal */
export interface DaySpan {
  from: number;
  to: number;
}

/** @internal */
export interface UsageReading {
  rows: DailyUsage[];
  /** What had to be left out, in sentences. */
  remarks: string[];
  /** Series without any value. */
  silent: MetricSeries[];
}

/**
 * Values by day of entities. Several series of one metric and entity add up, on days on which all of them are known:
 * what has half of its parts is no total.
 *
 * @throws AwsReadError where CloudWatch tells of anything but the whole days that were asked for
 * @internal
 */
export function dailyUsage(all: AnsweredSeries[], days: DaySpan): UsageReading {
  const reading: UsageReading = { rows: [], remarks: [], silent: [] };
  const groups = new Map<string, AnsweredSeries[]>();
  for (const one of all) {
    const { metric, entity } = one.series;
    const key = `${metric} ${entity}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) {
    reading.rows.push(...rowsOf(group, days, reading));
  }
  reading.rows.sort(inOrder);
  return reading;
}

function rowsOf(
  group: AnsweredSeries[],
  days: DaySpan,
  reading: UsageReading,
): DailyUsage[] {
  const [{ series }] = group;
  const parts = group.map(one => valuesOf(one, days, reading));
  const rows: DailyUsage[] = [];
  let half = 0;
  for (let day = days.from; day < days.to; day++) {
    const known = parts.flatMap(part => part.get(day) ?? []);
    if (known.length === parts.length) {
      rows.push({
        entityRef: series.entity,
        metric: series.metric,
        day,
        value: Decimal.sum(...known)
          .toDecimalPlaces(PLACES)
          .toFixed(),
      });
    } else if (known.length > 0) {
      half += 1;
    }
  }
  if (half > 0) {
    reading.remarks.push(
      `${nameOf(series)} is unknown on ${half} ${
        half === 1 ? 'day' : 'days'
      } of ${dateOfDay(days.from).slice(0, 7)}, on which only some of its ${
        parts.length
      } series have a value; where none means nothing happened, set 'missing: zero'`,
    );
  }
  return rows;
}

function valuesOf(
  { series, answer }: AnsweredSeries,
  days: DaySpan,
  { remarks, silent }: UsageReading,
): Map<number, Decimal> {
  const name = nameOf(series);
  remarks.push(...answer.remarks.map(remark => `${name}: ${remark}`));
  const known = new Map<number, Decimal>();
  for (const [time, value] of answer.values) {
    const day = time / DAY_MS;
    if (!Number.isInteger(day) || day < days.from || day >= days.to) {
      throw new AwsReadError(
        `CloudWatch's answer for ${name} is not understood: it tells of ${new Date(
          time,
        ).toISOString()}, which was not asked for`,
      );
    }
    if (value >= 0 && value <= MOST) {
      known.set(day, new Decimal(value));
    } else {
      remarks.push(
        `${name} is ${value} on ${dateOfDay(
          day,
        )}, which counts as unknown: a metric counts from 0 to 9,000,000,000,000 a day`,
      );
    }
  }
  if (answer.values.size === 0) {
    silent.push(series);
  } else if (series.missing === 'zero') {
    // Of a metric without any value nobody knows whether it is there at all.
    for (let day = days.from; day < days.to; day++) {
      if (!answer.values.has(day * DAY_MS)) {
        known.set(day, new Decimal(0));
      }
    }
  }
  return known;
}

function inOrder(a: DailyUsage, b: DailyUsage): number {
  return (
    a.day - b.day ||
    a.metric.localeCompare(b.metric) ||
    a.entityRef.localeCompare(b.entityRef)
  );
}
