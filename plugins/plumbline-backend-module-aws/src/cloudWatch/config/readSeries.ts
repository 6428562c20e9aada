import { StandardUnit } from '@aws-sdk/client-cloudwatch';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { MetricSeries, Statistic } from './types';

const STATISTIC =
  /^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|tc|ts|wm)\d{1,3}(\.\d{1,10})?|(PR|TM|TC|TS|WM)\(.{1,80}\))$/;
const UNITS: string[] = Object.values(StandardUnit);
/** Of values that add up over several series. */
const ADDS_UP = ['Sum', 'SampleCount'];

/**
 * Reads `metrics` of an entry: one series for each, or one for each value of its dimension.
 *
 * @param where - the entry, for messages
 * @throws InputError saying which one is wrong and what to write
 * @internal
 */
export function readSeries(metrics: Config[], where: string): MetricSeries[] {
  const series = metrics.flatMap((metric, i) =>
    readMetric(metric, `${where}, metrics[${i}]`),
  );
  checkInputs(series, where);
  checkSums(series, where);
  return series;
}

function readMetric(config: Config, where: string): MetricSeries[] {
  const metric = config.getOptionalString('metric') ?? '';
  if (!/^[\w.:/-]{1,128}$/.test(metric)) {
    throw new InputError(
      `${where}: metric is '${metric}'; write letters, digits and ._:/-`,
    );
  }
  const missing = config.getOptionalString('missing') ?? 'unknown';
  if (missing !== 'unknown' && missing !== 'zero') {
    throw new InputError(
      `${where}: missing is '${missing}'; write 'unknown' or 'zero'`,
    );
  }
  const entity = config.getOptionalString('entity');
  const byDimension = config.getOptionalConfig('entityDimension');
  if (Boolean(entity) === Boolean(byDimension)) {
    throw new InputError(`${where} needs either 'entity' or 'entityDimension'`);
  }
  if (entity) {
    return [
      {
        metric,
        missing,
        entity: refOf(entity, where),
        ask: readAsk(config, where),
      },
    ];
  }
  if (config.has('expression')) {
    throw new InputError(
      `${where}: an expression has one series; give it an 'entity' instead of 'entityDimension'`,
    );
  }
  const statistic = readStatistic(config, where);
  const name = byDimension?.getString('name') ?? '';
  const values = byDimension?.getStringArray('values') ?? [];
  return values.map(value => ({
    metric,
    missing,
    entity: refOf(value, where, 'component'),
    ask: {
      ...statistic,
      dimensions: { ...statistic.dimensions, [name]: value },
    },
  }));
}

function readAsk(config: Config, where: string): MetricSeries['ask'] {
  const expression = config.getOptionalString('expression');
  if (expression === undefined) {
    return readStatistic(config, where);
  }
  if (config.has('metricName')) {
    throw new InputError(
      `${where} needs either 'metricName' or 'expression', not both`,
    );
  }
  const [unfit] =
    /\b(SEARCH|METRICS|INSIGHT_RULE_METRIC|SELECT|LAMBDA|DB_PERF_INSIGHTS)\b/i.exec(
      expression,
    ) ?? [];
  if (unfit) {
    throw new InputError(
      `${where}: ${unfit} finds other metrics on one day than on another, so figures that were read would vanish; name each metric as an input`,
    );
  }
  const inputs = (config.getOptionalConfigArray('inputs') ?? []).map(
    (input, i) => ({
      ...readStatistic(input, `${where}, inputs[${i}]`),
      id: input.getOptionalString('id') ?? '',
    }),
  );
  if (inputs.length === 0) {
    throw new InputError(
      `${where}: an expression needs 'inputs', each with an 'id' that it names`,
    );
  }
  return { expression, inputs };
}

function readStatistic(config: Config, where: string): Statistic {
  const statistic = config.getOptionalString('statistic') ?? 'Sum';
  if (!STATISTIC.test(statistic)) {
    throw new InputError(
      `${where}: CloudWatch has no statistic '${statistic}'; write one such as Sum, Average, Maximum or p99`,
    );
  }
  const unit = config.getOptionalString('unit');
  if (unit !== undefined && !UNITS.includes(unit)) {
    throw new InputError(
      `${where}: CloudWatch has no unit '${unit}'; write one such as Count, or leave it out for all of them`,
    );
  }
  return {
    namespace: config.getString('namespace'),
    metricName: config.getString('metricName'),
    dimensions: readDimensions(config, where),
    statistic,
    ...(unit && { unit }),
  };
}

/** Their names may have blanks and dots, such as `Cluster Name`, which keys of the configuration must not have. */
function readDimensions(config: Config, where: string): Record<string, string> {
  const dimensions = config.getOptional('dimensions') ?? {};
  const entries = Object.entries(dimensions).map(([name, value]) => {
    if (typeof value !== 'string') {
      throw new InputError(
        `${where}: the dimension '${name}' is ${JSON.stringify(
          value,
        )}; write its value in quotes`,
      );
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function checkInputs(series: MetricSeries[], where: string): void {
  const seen = new Set<string>();
  for (const { ask } of series) {
    for (const { id } of 'inputs' in ask ? ask.inputs : []) {
      if (!/^[a-z]\w{0,200}$/.test(id) || id.startsWith('plumbline')) {
        throw new InputError(
          `${where}: the id of an input is '${id}'; begin with a small letter, go on with letters, digits and _`,
        );
      }
      if (seen.has(id)) {
        throw new InputError(
          `${where}: two inputs have the id '${id}'; they are asked for together, so each needs one of its own`,
        );
      }
      seen.add(id);
    }
  }
}

/** Several series of one metric and entity add up, which averages do not. */
function checkSums(series: MetricSeries[], where: string): void {
  const known = new Map<string, MetricSeries>();
  for (const one of series) {
    const key = `${one.metric} ${one.entity}`;
    const other = known.get(key);
    known.set(key, one);
    const wrong = other && [one, other].find(({ ask }) => !addsUp(ask));
    if (wrong) {
      throw new InputError(
        `${where}: '${one.metric}' of ${one.entity} has several series, which would be added up; that is right for Sum and SampleCount only`,
      );
    }
  }
}

function addsUp(ask: MetricSeries['ask']): boolean {
  return 'expression' in ask || ADDS_UP.includes(ask.statistic);
}

function refOf(text: string, where: string, defaultKind?: string): EntityRef {
  try {
    return toEntityRef(
      defaultKind
        ? parseEntityRef(text, { defaultKind, defaultNamespace: 'default' })
        : text,
    );
  } catch (error) {
    throw new InputError(
      `${where}: '${text}' names no entity; write it as kind:namespace/name`,
      error,
    );
  }
}
