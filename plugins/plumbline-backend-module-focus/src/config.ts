import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ReadLimits } from './read/Workspace';

/** Where an export lies on S3. @internal */
export interface S3Location {
  bucket: string;
  prefix: string;
  region?: string;
  accountId?: string;
  endpoint?: string;
}

/** One export of `plumbline.focus.exports`. @internal */
export interface FocusExport {
  name: string;
  title: string;
  location: { path: string } | { s3: S3Location };
  schedule: SchedulerServiceTaskScheduleDefinition;
  restatedMonths: number;
  limits: ReadLimits;
}

/**
 * Reads `plumbline.focus.exports`.
 *
 * @throws InputError when an export has no place or two, or a name is used twice
 * @internal
 */
export function readFocusExports(config: Config): FocusExport[] {
  const exports =
    config.getOptionalConfigArray('plumbline.focus.exports') ?? [];
  const names = new Set<string>();
  return exports.map(item => {
    const name = item.getString('name');
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new InputError(
        `plumbline.focus.exports: the name '${name}' must consist of lower-case letters, digits and hyphens`,
      );
    }
    if (names.has(name)) {
      throw new InputError(
        `plumbline.focus.exports: two exports are called '${name}'`,
      );
    }
    names.add(name);
    return readExport(item, name);
  });
}

function readExport(config: Config, name: string): FocusExport {
  return {
    name,
    title: config.getOptionalString('title') ?? `Billing export ${name}`,
    location: readLocation(config, name),
    schedule: config.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig('schedule'),
        )
      : { frequency: { hours: 6 }, timeout: { hours: 2 } },
    restatedMonths: readWhole(config, 'restatedMonths', 0) ?? 3,
    limits: {
      memory: readMemory(config),
      threads: readWhole(config, 'limits.threads', 1) ?? 2,
      maxBytes: readWhole(config, 'limits.maxBytes', 1),
      temporaryDirectory: config.getOptionalString('limits.temporaryDirectory'),
    },
  };
}

function readLocation(config: Config, name: string): FocusExport['location'] {
  const path = config.getOptionalString('path');
  const s3 = config.getOptionalConfig('s3');
  if (Boolean(path) === Boolean(s3)) {
    throw new InputError(
      `plumbline.focus.exports: '${name}' needs either 'path' or 's3'`,
    );
  }
  return s3
    ? {
        s3: {
          bucket: s3.getString('bucket'),
          prefix: s3.getOptionalString('prefix') ?? '',
          region: s3.getOptionalString('region'),
          accountId: s3.getOptionalString('accountId'),
          endpoint: s3.getOptionalString('endpoint'),
        },
      }
    : { path: config.getString('path') };
}

function readMemory(config: Config): string {
  const memory = config.getOptionalString('limits.memory') ?? '512MB';
  if (!/^\d+\s?(MB|GB|MiB|GiB)$/.test(memory)) {
    throw new InputError(
      `plumbline.focus.exports: limits.memory is '${memory}', not an amount such as 512MB`,
    );
  }
  return memory;
}

function readWhole(
  config: Config,
  key: string,
  least: number,
): number | undefined {
  const value = config.getOptionalNumber(key);
  if (value !== undefined && (!Number.isInteger(value) || value < least)) {
    throw new InputError(
      `plumbline.focus.exports: ${key} is ${value}, not a whole number from ${least}`,
    );
  }
  return value;
}
