import type {
  DayRange,
  Portfolio,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  dayToText,
  endDayOfMonth,
  firstDayOfMonth,
  type PlumblineDatabase,
} from '../../database';
import type { SourceStatuses } from '../CostService';
import { CostStore, type DayWindow } from '../CostStore';
import { CoverageStore } from '../CoverageStore';
import { Dimensions, type EnvironmentReader } from '../Dimensions';
import { freshnessOf } from '../freshness';
import { headlineOf } from '../headlineOf';
import { missingSentence } from '../missingSentence';
import type { PortfolioCalendar } from './calendar';
import { cursorAt, offsetOf } from './cursor';
import { DayWindowStore } from './DayWindowStore';
import { sortLines } from './lines';
import { MonthStore } from './MonthStore';
import { moversOf } from './movers';
import { namedLines, namerOf } from './naming';
import { PortfolioAnswer } from './PortfolioAnswer';
import { PortfolioDataReader, type PortfolioData } from './PortfolioData';
import type {
  ParsedPortfolioQuery,
  PortfolioReader,
  PortfolioView,
} from './PortfolioService';
import { PortfolioStore } from './PortfolioStore';
import { RowBudgets } from './RowBudgets';

/** @internal */
export interface DefaultPortfolioServiceOptions {
  database: PlumblineDatabase;
  statuses: SourceStatuses;
  bindings: EnvironmentReader;
}

/**
 * What everything costs out of the database, for whoever asks; see {@link AuthorizedPortfolioService}.
 *
 * @internal
 */
export class DefaultPortfolioService implements PortfolioReader {
  readonly #statuses: SourceStatuses;
  readonly #coverage: CoverageStore;
  readonly #data: PortfolioDataReader;
  readonly #budgets: RowBudgets;

  private constructor({
    database,
    statuses,
    bindings,
  }: DefaultPortfolioServiceOptions) {
    this.#statuses = statuses;
    this.#coverage = CoverageStore.create({ database });
    this.#budgets = RowBudgets.create({ database });
    this.#data = PortfolioDataReader.create({
      costs: CostStore.create({ database }),
      store: PortfolioStore.create({ database }),
      months: MonthStore.create({ database }),
      windows: DayWindowStore.create({ database }),
      dimensions: Dimensions.create({ database, environments: bindings }),
    });
  }

  static create(
    options: DefaultPortfolioServiceOptions,
  ): DefaultPortfolioService {
    return new DefaultPortfolioService(options);
  }

  async read(view: PortfolioView): Promise<Portfolio> {
    const { query } = view;
    const [statuses, data] = await Promise.all([
      this.#statuses.getStatuses(),
      this.#data.read(view),
    ]);
    const { calendar, extent, used } = data;
    const currencies = currenciesOf(data);
    const lines = sortLines(await namedLines(data.lines, view), {
      ...query,
      currencies,
      calendar,
    });
    const offset = offsetOf(query.cursor, data.version);
    const end = offset + query.limit;
    const page = lines.slice(offset, end);
    const movers = moversOf(lines, currencies, calendar);
    const namer = await namerOf(
      [
        page,
        ...movers.flatMap(({ risers, fallers }) => [risers, fallers]),
      ].flat(),
      view,
    );
    const answer = PortfolioAnswer.of(data);
    const { entities } = answer;
    const freshness = freshnessOf(statuses, extent, used);
    const coverage = coverageOf(data, query);
    return {
      headline: headlineOf({
        configured: statuses.length > 0,
        kind: 'portfolio',
        members: entities,
        resourcesBound:
          data.lines.length > 0 ? 1 : await this.#countBound(data),
        hasFigures: currencies.length > 0,
        freshness,
        missing: coverage.sentence,
        ...(data.environments.length > 0 && { environment: query.environment }),
      }),
      by: query.by,
      basis: query.basis,
      ...(query.environment !== undefined && {
        environment: query.environment,
      }),
      environments: data.environments,
      currencies,
      months: calendar.months
        .map((month, index) => ({ month, state: calendar.states[index] }))
        .slice(1),
      ...comparisonsOf(calendar),
      ...coverage.gaps,
      entities,
      rows: await this.#budgets.addTo(answer.rows(page, namer), view),
      ...(end < lines.length && { nextCursor: cursorAt(end, data.version) }),
      totals: answer.totals(lines, currencies, query.search === undefined),
      ...answer.buckets(),
      movers: answer.movers(movers, namer),
      freshness,
    };
  }

  async #countBound({ entities }: PortfolioData): Promise<number> {
    const bound = await this.#coverage.countBound(entities.map(({ id }) => id));
    return [...bound.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** The currencies of what is shown, the one with most rows first. */
function currenciesOf({ lines, buckets }: PortfolioData): string[] {
  const rows = new Map<string, number>();
  for (const { currency } of lines) {
    rows.set(currency, (rows.get(currency) ?? 0) + 1);
  }
  for (const { currency } of Object.values(buckets).flat()) {
    rows.set(currency, rows.get(currency) ?? 0);
  }
  return [...rows]
    .sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
    .map(([currency]) => currency);
}

/** Which months and days stand side by side. */
function comparisonsOf({
  months,
  lastMonth,
  monthBefore,
  days,
}: PortfolioCalendar): Pick<Portfolio, 'compared' | 'toDate'> {
  return {
    ...(lastMonth !== undefined && {
      compared: {
        lastMonth: months[lastMonth],
        ...(monthBefore !== undefined && { monthBefore: months[monthBefore] }),
      },
    }),
    ...(days && {
      toDate: {
        ...rangeOf(days.toDate),
        ...(days.sameDaysBefore && { before: rangeOf(days.sameDaysBefore) }),
      },
    }),
  };
}

/** Which days of the months are not known. */
function coverageOf(
  { extent, used }: PortfolioData,
  { from, to }: ParsedPortfolioQuery,
): {
  sentence: string | undefined;
  gaps: Pick<Portfolio, 'incompleteFrom' | 'missing'>;
} {
  const window = { from: firstDayOfMonth(from), to: endDayOfMonth(to) };
  const sources = used.size > 0 ? used : extent.sources;
  const unknownFrom = Math.max(
    window.from,
    (extent.dataThrough(sources) ?? -Infinity) + 1,
  );
  const missing = extent.missing(sources, {
    from: window.from,
    to: Math.min(unknownFrom, window.to),
  });
  return {
    sentence: missingSentence(missing, window),
    gaps: {
      ...(unknownFrom < window.to && {
        incompleteFrom: dayToText(unknownFrom),
      }),
      missing: missing.map(rangeOf),
    },
  };
}

function rangeOf({ from, to }: DayWindow): DayRange {
  return { from: dayToText(from), to: dayToText(to) };
}
