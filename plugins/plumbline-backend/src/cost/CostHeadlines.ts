import type {
  CostHeadline,
  CurrencyHeadline,
  Headline,
  SourceStatus,
} from '@plumbline/backstage-plugin-plumbline-common';
import { dayToText, nanosToDecimal } from '../database';
import type { EntityRecord } from '../permissions';
import { changeOf, headlineWindows } from './comparison';
import type { HeadlineWindows } from './comparison';
import type { DayWindow } from './CostStore';
import type { CountedEntities } from './CountedEntities';
import type { CurrencyDays } from './currency';
import type { DataExtent } from './DataExtent';
import type { Environment } from './Dimensions';
import { freshnessOf } from './freshness';
import { headlineOf } from './headlineOf';
import { missingSentence } from './missingSentence';
import { addTo, compare } from './series';

/** A day's cost as headlines need it, with the keys of its dimensions. @internal */
export interface HeadlineSum {
  source: number;
  /** Absent where several entities are added up. */
  entity?: number;
  environment: number;
  currency: number;
  day: number;
  /** In nanos. */
  effective: bigint;
  /** What of it is usage, corrections left out. */
  usage: bigint;
}

/** What a headline is made of. @internal */
export interface HeadlineParts {
  entity: EntityRecord;
  members?: CountedEntities['members'];
  sums: readonly HeadlineSum[];
  resourcesBound: number;
  /** Where resources are counted that nothing but a claim links. */
  claimedEnvironments: ReadonlySet<number>;
  extent: DataExtent;
  statuses: readonly SourceStatus[];
  environments: ReadonlyMap<number, Environment>;
  currencies: ReadonlyMap<number, string>;
  /** How its budgets stand. */
  budget: Headline;
}

/** The days that any headline of these data may look at; undefined where there are none. @internal */
export function lookBack(extent: DataExtent): DayWindow | undefined {
  const ends = extent.sources.flatMap(
    source => extent.dataThrough([source]) ?? [],
  );
  if (ends.length === 0) {
    return undefined;
  }
  const { sameDaysBefore, lastMonth, daily } = headlineWindows(
    Math.min(...ends),
  );
  return {
    from: Math.min(sameDaysBefore.from, lastMonth.from, daily.from),
    to: Math.max(...ends) + 1,
  };
}

/** What a headline counts, by day. @internal */
export interface HeadlineDays {
  used: ReadonlySet<number>;
  /** Absent where no day is complete. */
  windows?: HeadlineWindows;
  /** Only production, where anything is known to be. */
  production: boolean;
  /** The largest month to date first. */
  currencies: HeadlineCurrency[];
}

/** The costs of a currency by day, and what of them is usage. @internal */
export interface HeadlineCurrency extends CurrencyDays {
  usage: ReadonlyMap<number, bigint>;
}

/** What of an entity's costs its headline counts. @internal */
export function headlineDays(
  parts: Pick<HeadlineParts, 'sums' | 'extent' | 'environments' | 'currencies'>,
): HeadlineDays {
  const { sums, extent, environments } = parts;
  const used = new Set(sums.map(({ source }) => source));
  const ofProduction = sums.filter(
    ({ environment }) => environments.get(environment)?.production,
  );
  const production = ofProduction.length > 0;
  const dataThrough = extent.dataThrough(used);
  if (dataThrough === undefined) {
    return { used, production, currencies: [] };
  }
  const windows = headlineWindows(dataThrough);
  const byCurrency = new Map<
    number,
    Record<'daily' | 'usage', Map<number, bigint>>
  >();
  for (const sum of production ? ofProduction : sums) {
    if (sum.day < windows.monthToDate.to) {
      const days = byCurrency.get(sum.currency) ?? {
        daily: new Map(),
        usage: new Map(),
      };
      byCurrency.set(sum.currency, days);
      addTo(days.daily, sum.day, sum.effective);
      addTo(days.usage, sum.day, sum.usage);
    }
  }
  return {
    used,
    windows,
    production,
    currencies: [...byCurrency]
      .map(([currency, { daily, usage }]) => ({
        currency: parts.currencies.get(currency) ?? '',
        daily,
        usage,
        monthToDate: within(daily, windows.monthToDate),
      }))
      .sort((a, b) => compare(b.monthToDate, a.monthToDate))
      .map(({ currency, daily, usage }) => ({ currency, daily, usage })),
  };
}

/** The cost card's headline. Figures are effective cost: what trends are read from. @internal */
export function buildHeadline(
  parts: HeadlineParts,
  days: HeadlineDays = headlineDays(parts),
): CostHeadline {
  const { entity, members, extent, statuses, environments } = parts;
  const { used, windows, production } = days;
  const freshness = freshnessOf(statuses, extent, used);
  const currencies =
    windows === undefined
      ? []
      : currencyHeadlines(days.currencies, windows, window =>
          extent.covers(used, window, 'day'),
        );
  const claimed =
    currencies.length > 0 &&
    [...parts.claimedEnvironments].some(
      environment => !production || environments.get(environment)?.production,
    );
  return {
    ...withBudget(
      parts.budget,
      headlineOf({
        configured: statuses.length > 0,
        kind: entity.kind,
        members,
        resourcesBound: parts.resourcesBound,
        hasFigures: currencies.length > 0,
        freshness,
        missing:
          windows &&
          missingSentence(
            extent.missing(used, windows.monthToDate, 'day'),
            windows.monthToDate,
          ),
      }),
    ),
    basis: 'effective',
    environments: production ? 'production' : 'all',
    ...(claimed && { claimed }),
    ...(members && { members }),
    currencies,
    freshness,
  };
}

function currencyHeadlines(
  currencies: readonly HeadlineCurrency[],
  windows: HeadlineWindows,
  covered: (window: DayWindow) => boolean,
): CurrencyHeadline[] {
  const hasSameDays = covered(windows.sameDaysBefore);
  const hasLastMonth = covered(windows.lastMonth);
  const knownDays = daysOf(windows.daily)
    .filter(day => covered({ from: day, to: day + 1 }))
    .map(day => ({ day, text: dayToText(day) }));
  return currencies.map(({ currency, daily: days, usage }) => {
    const monthToDate = within(days, windows.monthToDate);
    const usageToDate = within(usage, windows.monthToDate);
    const before = within(usage, windows.sameDaysBefore);
    const change = hasSameDays ? changeOf(usageToDate, before) : undefined;
    return {
      currency,
      monthToDate: nanosToDecimal(monthToDate),
      usageToDate: nanosToDecimal(usageToDate),
      ...(hasSameDays && { sameDaysBefore: nanosToDecimal(before) }),
      ...(change !== undefined && { change }),
      ...(hasLastMonth && {
        lastMonth: nanosToDecimal(within(days, windows.lastMonth)),
      }),
      daily: knownDays.map(({ day, text }) => ({
        day: text,
        amount: nanosToDecimal(days.get(day) ?? 0n),
      })),
    };
  });
}

function within(
  days: ReadonlyMap<number, bigint>,
  { from, to }: DayWindow,
): bigint {
  let sum = 0n;
  for (const [day, nanos] of days) {
    if (day >= from && day < to) {
      sum += nanos;
    }
  }
  return sum;
}

function daysOf({ from, to }: DayWindow): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** A budget that is exceeded, or will be, is what a person must know first. @internal */
export function withBudget(budget: Headline, headline: Headline): Headline {
  return budget.state === 'needs-attention' ? budget : headline;
}
