import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import { dateOfDay, dayOfInstant } from '../calendar';
import { pageOf } from './paging';
import { ValidationError } from './ValidationError';

const DAY_SECONDS = 86_400;
const MOST_QUERIES = 500;
/** Hours, of which days are made, are kept for so long. */
const KEPT_DAYS = 455;
const MATH = /^\s*(\w+)\s*([-+*/])\s*(\w+)\s*$/;
const DROPPED = {
  Code: 'ArithmeticError',
  Value: 'One or more data-points have been dropped due to non-numeric values',
};

/** A metric that the endpoint knows, by day. @public */
export interface RecordedMetric {
  /** Where it is; everywhere where absent. */
  region?: string;
  namespace: string;
  metricName: string;
  dimensions?: Record<string, string>;
  /** `Sum` where absent. */
  statistic?: string;
  /** Unit of its values; `Count` where absent. */
  unit?: string;
  /** By date, `YYYY-MM-DD`. */
  values: Record<string, number>;
}

/** What an answer is made from. @internal */
export interface MetricKnowledge {
  metrics: RecordedMetric[];
  region: string;
  now: Date;
  /** Values of a page. */
  pageSize: number;
}

/** As on the wire, where instants are seconds since 1970; checked against the model. @internal */
export interface MetricRequest {
  MetricDataQueries: MetricDataQuery[];
  StartTime: number;
  EndTime: number;
  NextToken?: string;
}

interface Days {
  first: number;
  end: number;
}

/** Values by day. */
type Line = Map<number, number>;

/** @throws ValidationError */
export function metricData(
  { NextToken, ...request }: MetricRequest,
  knowledge: MetricKnowledge,
): object {
  const { MetricDataQueries: queries } = request;
  checkQueries(queries);
  const days = daysOf(request, knowledge.now);
  const lines = new Map<string, Line>();
  for (const query of queries) {
    lines.set(
      query.Id ?? '',
      query.MetricStat
        ? recorded(query.MetricStat, days, knowledge)
        : calculated(query, lines),
    );
  }
  const returned = queries.filter(({ ReturnData }) => ReturnData !== false);
  const points = returned.flatMap(({ Id = '' }) =>
    [...(lines.get(Id) ?? [])].flatMap(([day, value]) =>
      Number.isFinite(value) ? [{ id: Id, day, value }] : [],
    ),
  );
  const { from, next } = pageOf(
    request,
    NextToken,
    points.length,
    knowledge.pageSize,
  );
  const end = from + knowledge.pageSize;
  const page = points.slice(from, end);
  const later = points.slice(end);
  const results = returned.flatMap(({ Id = '' }) => {
    const mine = page.filter(({ id }) => id === Id);
    const isEmpty = points.every(({ id }) => id !== Id);
    if (mine.length === 0 && !(isEmpty && from === 0)) {
      return [];
    }
    const values = [...(lines.get(Id)?.values() ?? [])];
    return {
      Id,
      Label: Id,
      Timestamps: mine.map(({ day }) => day * DAY_SECONDS),
      Values: mine.map(({ value }) => value),
      StatusCode: later.some(({ id }) => id === Id)
        ? 'PartialData'
        : 'Complete',
      Messages: values.every(Number.isFinite) ? [] : [DROPPED],
    };
  });
  return { MetricDataResults: results, Messages: [], NextToken: next };
}

function checkQueries(queries: MetricDataQuery[]): void {
  if (queries.length === 0 || queries.length > MOST_QUERIES) {
    throw new ValidationError(
      `The collection MetricDataQueries must have between 1 and ${MOST_QUERIES} members, not ${queries.length}`,
    );
  }
  const ids = queries.map(({ Id = '' }) => Id);
  const wrong = ids.find(id => !/^[a-z][a-zA-Z0-9_]*$/.test(id));
  if (wrong !== undefined || new Set(ids).size < ids.length) {
    throw new ValidationError(
      `The ids of queries must be valid and unique: ${wrong ?? ids}`,
    );
  }
  for (const { Id, MetricStat: stat, Expression, Period } of queries) {
    if (Boolean(stat) === Boolean(Expression)) {
      throw new ValidationError(
        `Query ${Id} must have either MetricStat or Expression`,
      );
    }
    if ((stat?.Period ?? Period) !== DAY_SECONDS) {
      throw new ValidationError(`This endpoint knows days, not ${Period}`);
    }
  }
}

/** Of a span that was forgotten, nothing is there. */
function daysOf({ StartTime, EndTime }: MetricRequest, now: Date): Days {
  if (StartTime >= EndTime) {
    throw new ValidationError('The StartTime must be less than the EndTime');
  }
  if (StartTime % DAY_SECONDS > 0 || EndTime % DAY_SECONDS > 0) {
    throw new ValidationError('This endpoint knows whole days (UTC) only');
  }
  return {
    first: Math.max(StartTime / DAY_SECONDS, dayOfInstant(now) - KEPT_DAYS + 1),
    end: EndTime / DAY_SECONDS,
  };
}

function recorded(
  { Metric, Stat, Unit }: MetricStat,
  { first, end }: Days,
  { metrics, region }: MetricKnowledge,
): Line {
  const dimensions = Metric?.Dimensions ?? [];
  const found = metrics.find(
    metric =>
      (metric.region ?? region) === region &&
      metric.namespace === Metric?.Namespace &&
      metric.metricName === Metric?.MetricName &&
      (metric.statistic ?? 'Sum') === Stat &&
      (Unit ?? metric.unit ?? 'Count') === (metric.unit ?? 'Count') &&
      Object.keys(metric.dimensions ?? {}).length === dimensions.length &&
      dimensions.every(
        ({ Name = '', Value }) => metric.dimensions?.[Name] === Value,
      ),
  );
  const line: Line = new Map();
  for (let day = first; found && day < end; day++) {
    const value = found.values[dateOfDay(day)];
    if (value !== undefined) {
      line.set(day, value);
    }
  }
  return line;
}

/** Of two queries, on days on which both have a value. */
function calculated(
  { Id, Expression = '' }: MetricDataQuery,
  lines: Map<string, Line>,
): Line {
  const [, a = '', operator, b = ''] = MATH.exec(Expression) ?? [];
  const [left, right] = [lines.get(a), lines.get(b)];
  if (!left || !right) {
    throw new ValidationError(
      `Error in expression '${Id}': this endpoint knows a + b of queries before it, not ${Expression}`,
    );
  }
  const values = [...left].flatMap(([day, value]): Array<[number, number]> => {
    const other = right.get(day);
    return other === undefined ? [] : [[day, apply(operator, value, other)]];
  });
  return new Map(values);
}

function apply(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return a / b;
  }
}
