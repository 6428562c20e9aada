import type {
  Portfolio,
  PortfolioFigures,
  PortfolioMover,
  PortfolioRow,
  PortfolioShared,
  PortfolioTotal,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  addAmounts,
  figuresOf,
  noAmounts,
  totalOfMonths,
  type Calendar,
} from './Figures';
import { totalsOf, type Line, type LineKey } from './lines';
import { moverOf, type Movers } from './movers';
import type { Namer } from './naming';
import { keyOf, type PortfolioData } from './PortfolioData';

/** Puts lines into the words of the API; shares are of everything that the caller may see. @internal */
export class PortfolioAnswer {
  readonly #data: PortfolioData;
  /** What everything costs, by currency. */
  readonly #wholes: ReadonlyMap<string, bigint>;

  private constructor(data: PortfolioData) {
    this.#data = data;
    this.#wholes = new Map(
      [...totalsOf([...data.lines, ...apart(data)], data.calendar)].map(
        ([currency, amounts]) => [currency, totalOfMonths(amounts)],
      ),
    );
  }

  static of(data: PortfolioData): PortfolioAnswer {
    return new PortfolioAnswer(data);
  }

  /** How many entities there are, by whether they cost anything. */
  get entities(): Portfolio['entities'] {
    const { entities, entitiesThere } = this.#data;
    const counted = entities.filter(({ removed }) => !removed);
    return {
      counted: counted.length,
      withoutCost: counted.filter(({ hasCost }) => !hasCost).length,
      hidden: Math.max(0, entitiesThere - counted.length),
    };
  }

  rows(lines: readonly Line[], namer: Namer): PortfolioRow[] {
    const counts = countsOf(this.#data);
    return lines.map(line => ({
      ...namer(line),
      entities: counts(line),
      ...this.#figures(line),
    }));
  }

  /** @param whole - whether the lines are all there are, so that what is apart may be added to them */
  totals(
    lines: readonly Line[],
    currencies: readonly string[],
    whole: boolean,
  ): PortfolioTotal[] {
    const { calendar } = this.#data;
    const totals = totalsOf(lines, calendar);
    const buckets = totalsOf(apart(this.#data), calendar);
    return currencies.map(currency => {
      const amounts = totals.get(currency) ?? noAmounts(calendar.months.length);
      const bucket = buckets.get(currency);
      const everything = noAmounts(calendar.months.length);
      addAmounts(everything, amounts);
      addAmounts(everything, bucket ?? noAmounts(calendar.months.length));
      return {
        ...this.#figures({ currency, amounts }),
        rows: lines.filter(line => line.currency === currency).length,
        ...(whole &&
          Object.keys(this.#data.buckets).length > 0 && {
            everything: this.#figures({ currency, amounts: everything }),
          }),
      };
    });
  }

  /** What has no row: present where the caller may see it. */
  buckets(): Pick<Portfolio, 'shared' | 'unallocated'> {
    const { shared, unused = [], unallocated } = this.#data.buckets;
    // Days of unused commitments are not told apart from the rest of the shared cost.
    const byMonth = { ...this.#data.calendar, toDate: false };
    return {
      ...(shared && {
        shared: shared.map((line): PortfolioShared => {
          const part = unused.find(
            ({ currency }) => currency === line.currency,
          );
          return {
            ...this.#figures(line),
            ...(part && { unusedCommitments: this.#figures(part, byMonth) }),
          };
        }),
      }),
      ...(unallocated && {
        unallocated: unallocated.map(line => this.#figures(line)),
      }),
    };
  }

  movers(movers: readonly Movers[], namer: Namer): Portfolio['movers'] {
    const { calendar } = this.#data;
    const shown = (line: Line): PortfolioMover => ({
      ...namer(line),
      ...moverOf(line, calendar),
    });
    return movers.map(({ currency, risers, fallers }) => ({
      currency,
      risers: risers.map(shown),
      fallers: fallers.map(shown),
    }));
  }

  #figures(
    { currency, amounts }: Pick<Line, 'currency' | 'amounts'>,
    calendar: Calendar = this.#data.calendar,
  ): PortfolioFigures {
    const whole = this.#wholes.get(currency) ?? 0n;
    return figuresOf(amounts, calendar, currency, whole);
  }
}

/** What has no row. */
function apart({ buckets }: PortfolioData): Line[] {
  return [...(buckets.shared ?? []), ...(buckets.unallocated ?? [])];
}

/** How many entities a line stands for. */
function countsOf(
  data: PortfolioData,
): (whose: LineKey) => PortfolioRow['entities'] {
  const counts = new Map<string, PortfolioRow['entities']>();
  const idOf = ({ kind, key = '' }: LineKey) => `${kind} ${key}`;
  for (const entity of data.entities) {
    // Who is gone, and cost nothing then, is of no interest to anybody.
    if (!entity.removed || entity.hasCost) {
      const id = idOf(keyOf(entity));
      const count = counts.get(id) ?? { counted: 0, withoutCost: 0 };
      count.counted += 1;
      count.withoutCost += entity.hasCost ? 0 : 1;
      counts.set(id, count);
    }
  }
  for (const [environment, counted] of data.entitiesIn) {
    counts.set(idOf({ kind: 'named', key: environment }), {
      counted,
      withoutCost: 0,
    });
  }
  return whose => counts.get(idOf(whose)) ?? { counted: 0, withoutCost: 0 };
}
