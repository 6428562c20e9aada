import { Text } from '@backstage/ui';
import {
  RiArrowRightDownLine,
  RiArrowRightLine,
  RiArrowRightUpLine,
} from '@remixicon/react';
import type {
  CurrencyHeadline,
  Freshness,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  comparisonText,
  daysBetween,
  exactAmount,
  formatAmount,
  formatDay,
  formatMonth,
  isNegative,
  isThisMonth,
  isZero,
} from '../../format';
import { Sparkline } from '../Sparkline';
import { SharedNote } from './SharedNote';
import styles from './CurrencyFigure.module.css';

/** Month to date, its comparison and the last 30 days, in one currency. */
export function CurrencyFigure(props: {
  headline: CurrencyHeadline;
  freshness: Freshness;
}) {
  const { headline, freshness } = props;
  const { currency, monthToDate, daily } = headline;
  return (
    <div className={styles.figure}>
      <div>
        <Text as="p" variant="body-small" color="secondary">
          {monthToDateText(freshness.dataThrough)}
        </Text>
        <p className={styles.amount} title={exactAmount(monthToDate, currency)}>
          {formatAmount(monthToDate, currency)}
        </p>
        <p className={styles.comparison}>
          <TrendIcon change={headline.change} />
          {comparisonText(headline, freshness)}
        </p>
        <SharedNote headline={headline} />
      </div>
      <Sparkline values={byDay(daily)} label={sparklineText(headline)} />
    </div>
  );
}

function TrendIcon({ change }: { change?: string }) {
  if (change === undefined) {
    return null;
  }
  if (isZero(change)) {
    return <RiArrowRightLine aria-hidden size="1.1em" />;
  }
  return isNegative(change) ? (
    <RiArrowRightDownLine aria-hidden size="1.1em" />
  ) : (
    <RiArrowRightUpLine aria-hidden size="1.1em" />
  );
}

function monthToDateText(dataThrough: string | undefined): string {
  if (dataThrough === undefined) {
    return 'This month so far';
  }
  // Where the data ends in an earlier month, that month is the one that is added up.
  const month = isThisMonth(dataThrough)
    ? 'This month so far'
    : formatMonth(dataThrough);
  return `${month}, up to ${formatDay(dataThrough)}`;
}

/** One place a day, so that a day without a figure is a gap. */
function byDay(daily: CurrencyHeadline['daily']): (number | undefined)[] {
  const [first] = daily;
  if (!first) {
    return [];
  }
  const values: (number | undefined)[] = [];
  for (const { day, amount } of daily) {
    values[daysBetween(first.day, day)] = Number(amount);
  }
  return Array.from(values);
}

function sparklineText({ daily, currency }: CurrencyHeadline): string {
  const [first] = daily;
  const last = daily[daily.length - 1];
  if (!first || !last) {
    return '';
  }
  const byAmount = [...daily].sort(
    (a, b) => Number(a.amount) - Number(b.amount),
  );
  const lowest = byAmount[0];
  const highest = byAmount[byAmount.length - 1];
  return [
    `Cost per day from ${formatDay(first.day)} to ${formatDay(last.day)}:`,
    `lowest ${formatAmount(lowest.amount, currency)},`,
    `highest ${formatAmount(highest.amount, currency)} on ${formatDay(
      highest.day,
    )},`,
    `last ${formatAmount(last.amount, currency)}.`,
  ].join(' ');
}
