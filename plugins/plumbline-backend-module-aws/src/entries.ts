import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Reads a list of entries that have a name each.
 *
 * @throws InputError when a name is none, or is used twice
 * @internal
 */
export function readEntries<T>(
  root: Config,
  key: string,
  read: (entry: Config, name: string) => T,
): T[] {
  const names = new Set<string>();
  return (root.getOptionalConfigArray(key) ?? []).map(entry => {
    const name = entry.getString('name');
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new InputError(
        `${key}: the name '${name}' must consist of lower-case letters, digits and hyphens`,
      );
    }
    if (names.has(name)) {
      throw new InputError(`${key}: two entries are called '${name}'`);
    }
    names.add(name);
    return read(entry, name);
  });
}

/** @throws InputError when it is no whole number from the least one @internal */
export function readWhole(
  entry: Config,
  key: string,
  least: number,
  where: string,
): number | undefined {
  const value = entry.getOptionalNumber(key);
  if (value !== undefined && (!Number.isInteger(value) || value < least)) {
    throw new InputError(
      `${where}: ${key} is ${value}, not a whole number from ${least}`,
    );
  }
  return value;
}

/** Once a day unless an entry says otherwise. @internal */
export function readSchedule(
  entry: Config,
): SchedulerServiceTaskScheduleDefinition {
  return entry.has('schedule')
    ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
        entry.getConfig('schedule'),
      )
    : { frequency: { hours: 24 }, timeout: { hours: 1 } };
}
