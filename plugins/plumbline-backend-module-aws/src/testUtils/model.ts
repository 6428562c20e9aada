import { GetMetricData$ } from '@aws-sdk/client-cloudwatch';
import {
  GetCostAndUsage$,
  GetCostCategories$,
  GetDimensionValues$,
  GetTags$,
} from '@aws-sdk/client-cost-explorer';
import { NormalizedSchema } from '@smithy/core/schema';

/** An operation of Cost Explorer whose requests and answers can be checked. @public */
export type CostExplorerOperation =
  | 'GetCostAndUsage'
  | 'GetCostCategories'
  | 'GetDimensionValues'
  | 'GetTags';

/** An operation of CloudWatch whose requests and answers can be checked. @public */
export type CloudWatchOperation = 'GetMetricData';

/** @public */
export type AwsOperation = CostExplorerOperation | CloudWatchOperation;

const COST_EXPLORER = {
  GetCostAndUsage: GetCostAndUsage$,
  GetCostCategories: GetCostCategories$,
  GetDimensionValues: GetDimensionValues$,
  GetTags: GetTags$,
} satisfies Record<CostExplorerOperation, unknown>;

const CLOUD_WATCH = {
  GetMetricData: GetMetricData$,
} satisfies Record<CloudWatchOperation, unknown>;

const OPERATIONS = { ...COST_EXPLORER, ...CLOUD_WATCH };

/** @public */
export function isCostExplorerOperation(
  name: string,
): name is CostExplorerOperation {
  return Object.hasOwn(COST_EXPLORER, name);
}

/** @public */
export function isCloudWatchOperation(
  name: string,
): name is CloudWatchOperation {
  return Object.hasOwn(CLOUD_WATCH, name);
}

/**
 * Where a request or an answer departs from the model that the AWS SDK was made from: unknown members, wrong types,
 * missing members. Empty where it doesn't.
 *
 * @public
 */
export function deviationsFromModel(
  operation: AwsOperation,
  side: 'request' | 'answer',
  value: unknown,
): string[] {
  const [, , , , request, answer] = OPERATIONS[operation];
  const schema = NormalizedSchema.of(side === 'request' ? request : answer);
  return deviations(schema, value, `${operation} ${side}`);
}

function deviations(
  schema: NormalizedSchema,
  value: unknown,
  path: string,
): string[] {
  if (schema.isStructSchema()) {
    return isObject(value)
      ? membersOf(schema, value, path)
      : [`${path} is ${inWords(value)}, not an object`];
  }
  if (schema.isListSchema()) {
    return Array.isArray(value)
      ? value.flatMap((item, i) =>
          deviations(schema.getValueSchema(), item, `${path}[${i}]`),
        )
      : [`${path} is ${inWords(value)}, not a list`];
  }
  if (schema.isMapSchema()) {
    return isObject(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          deviations(schema.getValueSchema(), item, `${path}.${key}`),
        )
      : [`${path} is ${inWords(value)}, not a map`];
  }
  const type = typeOf(schema);
  return typeof value === type
    ? []
    : [`${path} is ${inWords(value)}, not a ${type}`];
}

function membersOf(
  schema: NormalizedSchema,
  value: Record<string, unknown>,
  path: string,
): string[] {
  const members = new Map(schema.structIterator());
  const unknown = Object.keys(value)
    .filter(name => !members.has(name))
    .map(name => `${path}.${name} is not in the model`);
  const missing = requiredOf(schema)
    .filter(name => value[name] === undefined)
    .map(name => `${path}.${name} is missing`);
  const wrong = [...members].flatMap(([name, member]) =>
    value[name] === undefined
      ? []
      : deviations(member, value[name], `${path}.${name}`),
  );
  return [...unknown, ...missing, ...wrong];
}

/** The schema lists the required members first, and says how many they are. */
function requiredOf(schema: NormalizedSchema): string[] {
  const shape: unknown = schema.getSchema();
  if (!Array.isArray(shape)) {
    return [];
  }
  const [, , , , names, , count = 0] = shape;
  return names.slice(0, count);
}

function typeOf(schema: NormalizedSchema): 'string' | 'number' | 'boolean' {
  if (schema.isStringSchema()) {
    return 'string';
  }
  // In JSON, instants are seconds since 1970.
  if (schema.isNumericSchema() || schema.isTimestampSchema()) {
    return 'number';
  }
  if (schema.isBooleanSchema()) {
    return 'boolean';
  }
  throw new Error(`No check is known for ${schema.getName(true)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inWords(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 60);
}
