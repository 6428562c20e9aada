import type { ConvertedHeadline } from '@plumbline/backstage-plugin-plumbline-common';
import { parseDecimal } from '../../database';
import type { HeadlineWindows } from '../comparison';
import type { DayWindow } from '../CostStore';
import type { Converter, CurrencyDays } from './Converter';

const CHANGE_PLACES = 6;

/**
 * A card's figures in the reporting currency; undefined where there is nothing to convert.
 *
 * @internal
 */
export function convertHeadline(
  converter: Converter,
  currencies: readonly (CurrencyDays & { usage: CurrencyDays['daily'] })[],
  windows: HeadlineWindows,
  covered: (window: DayWindow) => boolean,
): ConvertedHeadline | undefined {
  if (!converter.concerns(currencies)) {
    return undefined;
  }
  const { amounts: _, ...now } = converter.convert(
    currencies,
    windows.monthToDate,
  );
  const usage = currencies.map(of => ({ ...of, daily: of.usage }));
  const toDate = converter.convert(usage, windows.monthToDate);
  const before = converter.convert(usage, windows.sameDaysBefore);
  if (
    now.lacks.length > 0 ||
    before.lacks.length > 0 ||
    !covered(windows.sameDaysBefore)
  ) {
    return now;
  }
  const base = parseDecimal(before.total);
  return {
    ...now,
    stale: now.stale || before.stale,
    usageToDate: toDate.total,
    sameDaysBefore: before.total,
    ...(base.gt(0) && {
      change: parseDecimal(toDate.total)
        .div(base)
        .minus(1)
        .toDecimalPlaces(CHANGE_PLACES)
        .toFixed(),
    }),
  };
}
