import type { GetCostAndUsageRequest } from '@aws-sdk/client-cost-explorer';

/**
 * A question about costs as a person asks it with the AWS command line. The pages of the answer are put together
 * there by themselves.
 *
 * @internal
 */
export function commandLine(request: GetCostAndUsageRequest): string {
  const { TimePeriod, Granularity, Metrics, GroupBy, Filter } = request;
  return [
    'aws ce get-cost-and-usage',
    `--time-period Start=${TimePeriod?.Start},End=${TimePeriod?.End}`,
    `--granularity ${Granularity}`,
    `--metrics ${(Metrics ?? []).join(' ')}`,
    `--group-by ${quoted(GroupBy)}`,
    ...(Filter ? [`--filter ${quoted(Filter)}`] : []),
  ].join(' ');
}

/** JSON as one word of a shell; keys and values are people's, and may have quotes of their own. */
function quoted(value: unknown): string {
  return `'${JSON.stringify(value).replaceAll("'", `'\\''`)}'`;
}
