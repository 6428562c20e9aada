import type {
  GetCostAndUsageResponse,
  MetricValue,
} from '@aws-sdk/client-cost-explorer';
import { dayOfDate } from '../../calendar';
import { AwsReadError } from '../../aws';
import { ExactDecimal, type Cost, type ExactAmount } from '../money';
import type { CostQuery } from './CostExplorerApi';

/** The costs of one day and group. @internal */
export interface CostLine extends Cost {
  day: number;
  keys: readonly [string, string];
  currency: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const AMOUNT = /^[+-]?\d{1,20}(\.\d{1,40})?(e[+-]?\d{1,2})?$/i;
const CURRENCY = /^[A-Z][A-Z0-9]{2,15}$/;

/**
 * The lines of a page. What is missing from one must not pass as zero.
 *
 * @throws AwsReadError when the page is not what was asked for
 * @internal
 */
export function linesOf(
  page: GetCostAndUsageResponse,
  { days, what }: CostQuery,
): CostLine[] {
  const unlike = (fault: string) =>
    new AwsReadError(
      `Cost Explorer's answer for ${what} is not understood: ${fault}. Is there a newer version of this module?`,
    );
  const metric = (
    name: string,
    value: MetricValue | undefined,
  ): [ExactAmount, string] => {
    const { Amount, Unit } = value ?? {};
    if (!Amount || !AMOUNT.test(Amount) || !Unit || !CURRENCY.test(Unit)) {
      throw unlike(`${name} is '${Amount} ${Unit}'`);
    }
    return [new ExactDecimal(Amount), Unit];
  };
  if (!page.ResultsByTime) {
    throw unlike('it has no results');
  }
  return page.ResultsByTime.flatMap(({ TimePeriod, Groups }) => {
    const date = TimePeriod?.Start ?? '';
    const day = DATE.test(date) ? dayOfDate(date) : NaN;
    if (!(day >= days.first && day <= days.last)) {
      throw unlike(`it tells of the day '${date}', which was not asked for`);
    }
    return (Groups ?? []).map(({ Keys = [], Metrics }): CostLine => {
      const [first, second] = Keys;
      if (Keys.length !== 2) {
        throw unlike(`a group has the keys '${Keys}', not two`);
      }
      const [effective, currency] = metric(
        'AmortizedCost',
        Metrics?.AmortizedCost,
      );
      const [billed, unit] = metric('UnblendedCost', Metrics?.UnblendedCost);
      if (currency !== unit) {
        throw unlike(`a group is in ${currency} and in ${unit}`);
      }
      return { day, keys: [first, second], currency, effective, billed };
    });
  });
}
