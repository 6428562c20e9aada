import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * Two folders that both hold a month: nothing tells whether they bill the same.
 *
 * @param one - path of the folder before the month's, empty for the root
 * @internal
 */
export function twoExports(
  month: string,
  one: string,
  other: string,
): SourceProblem {
  const place = (stem: string) => (stem ? `'${stem}'` : 'the root');
  return {
    severity: 'error',
    partition: month,
    message: `Both ${place(one)} and ${place(
      other,
    )} hold ${month}, which might count everything twice. Configure an export for each, with its folder in 'path' or 's3.prefix'.`,
  };
}
