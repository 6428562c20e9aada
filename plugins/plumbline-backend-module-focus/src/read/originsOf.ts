import type { CostOrigin } from '@plumbline/backstage-plugin-plumbline-node';
import type { ReadUnit } from '../layout/planUnits';
import type { LinesRead } from './readUnit';

/**
 * The files of a unit as the origins of one of its months. How many lines of a file count for it is known where all
 * do, or where there is one file only.
 *
 * @param lines - that count for the month
 * @internal
 */
export function originsOf(
  { files, month }: ReadUnit,
  { counts }: Pick<LinesRead, 'counts'>,
  lines: number,
): CostOrigin[] {
  return files.map(({ name, version, modified }) => {
    const counted = month === undefined ? undefined : counts.get(name);
    const rows = files.length === 1 ? lines : counted;
    return {
      kind: 'file',
      name,
      ...(rows !== undefined && { rows }),
      // Of a local file it is only the time of its last change.
      ...(!/^\d+(\.\d+)?$/.test(version) && { etag: version }),
      modified: modified.toISOString(),
    };
  });
}
