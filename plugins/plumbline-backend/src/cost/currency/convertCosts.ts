import type {
  ConvertedCosts,
  CurrencyCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import { decimalToNanos } from '../../database';
import type { DayWindow } from '../CostStore';
import { totalOf } from '../series';
import type { Converter, CurrencyDays } from './Converter';

/**
 * The figures of a window in the reporting currency; undefined where there is nothing to convert. A currency of which
 * days are no longer kept one by one has no days to convert: it is named among those that are lacking.
 *
 * @internal
 */
export function convertCosts(options: {
  converter: Converter;
  exact: readonly Pick<CurrencyCosts, 'currency' | 'total'>[];
  daily: readonly CurrencyDays[];
  window: DayWindow;
  periods: { count: number; indexOfDay(day: number): number };
}): ConvertedCosts | undefined {
  const { converter, exact, daily, window, periods } = options;
  if (!converter.concerns(exact)) {
    return undefined;
  }
  const isWhole = ({ currency, daily: days }: CurrencyDays) => {
    const amounts = [...days].flatMap(([day, nanos]) =>
      day >= window.from && day < window.to ? [nanos] : [],
    );
    return exact.some(
      known =>
        known.currency === currency &&
        decimalToNanos(known.total) === totalOf(amounts),
    );
  };
  const converted = converter.convert(daily.filter(isWhole), window, periods);
  return {
    ...converted,
    lacks: [
      ...converted.lacks,
      ...daily.filter(days => !isWhole(days)).map(({ currency }) => currency),
    ],
  };
}
