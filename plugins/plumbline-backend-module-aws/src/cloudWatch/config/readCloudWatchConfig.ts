import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readEntries, readSchedule, readWhole } from '../../entries';
import { readSeries } from './readSeries';
import type { CloudWatchSettings } from './types';

const KEY = 'plumbline.cloudWatch';

/**
 * Reads `plumbline.cloudWatch`.
 *
 * @throws InputError when an entry is incomplete, or a name is used twice
 * @internal
 */
export function readCloudWatchConfig(root: Config): CloudWatchSettings[] {
  return readEntries(root, KEY, (entry, name) => {
    const where = `${KEY}: '${name}'`;
    const series = readSeries(
      entry.getOptionalConfigArray('metrics') ?? [],
      where,
    );
    if (series.length === 0) {
      throw new InputError(`${where} has no metrics; say what to ask for`);
    }
    return {
      name,
      title: entry.getOptionalString('title') ?? `CloudWatch ${name}`,
      accountId: entry.getOptionalString('accountId'),
      region: entry.getString('region'),
      endpoint: entry.getOptionalString('endpoint'),
      series,
      paidCallsPerDay: readWhole(entry, 'paidCallsPerDay', 1, KEY) ?? 30,
      schedule: readSchedule(entry),
      restatedMonths: readWhole(entry, 'restatedMonths', 0, KEY) ?? 1,
    };
  });
}
