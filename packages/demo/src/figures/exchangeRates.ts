import { ExportCalendar } from '../billing/calendar';
import { eurPerUsd } from '../billing/charges';
import { noiseSeries, randomStream } from '../billing/noise';

/** Rates are there before the first charge, so that none is without one. */
const daysAhead = 7;

/** What a US dollar was in euros each working day. Invented, like everything else here. */
export function exchangeRatesCsv(options: {
  seed: number;
  calendar: ExportCalendar;
}): string {
  const { seed, calendar } = options;
  const wander = noiseSeries(
    randomStream(seed, 'exchange-rates'),
    calendar.days + daysAhead,
    0.008,
  );
  const rows = wander.flatMap((factor, index) => {
    const day = index - daysAhead;
    return calendar.weekday(day) > 4
      ? []
      : [`${calendar.date(day)},USD,EUR,${(eurPerUsd * factor).toFixed(4)}`];
  });
  return ['date,from,to,rate', ...rows, ''].join('\n');
}
