import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import type { Environment } from '../Dimensions';
import type { WindowSums } from './DayWindowStore';
import { noAmounts, type Amounts, type Calendar } from './Figures';
import type { Line, LineKey } from './lines';
import type { MonthSum } from './PortfolioStore';

/** Names of keys. @internal */
export interface Names {
  environments: ReadonlyMap<number, Environment>;
  currencies: ReadonlyMap<number, string>;
}

/** Which sums make lines, and by what they are kept apart. @internal */
export interface GatherOptions {
  calendar: Calendar;
  names: Names;
  basis: CostBasis;
  /** Only this environment; all where absent. */
  environmentId?: number;
  /** Only this currency; all where absent. */
  currency?: string;
  /** Whether a line stands for an environment, whoever costs. */
  byEnvironment: boolean;
}

/**
 * Gathers sums into lines: one for whom it stands for and currency.
 *
 * @internal
 */
export class LineGatherer {
  readonly #options: GatherOptions;
  readonly #months: ReadonlyMap<string, number>;
  readonly #lines = new Map<string, Line>();

  private constructor(options: GatherOptions) {
    this.#options = options;
    this.#months = new Map(
      options.calendar.months.map((month, index) => [month, index]),
    );
  }

  static create(options: GatherOptions): LineGatherer {
    return new LineGatherer(options);
  }

  get lines(): Line[] {
    return [...this.#lines.values()];
  }

  addMonths(
    sums: readonly MonthSum[],
    keyOf: (sum: MonthSum) => LineKey,
  ): this {
    for (const sum of sums) {
      const month = this.#months.get(sum.month);
      const amounts = this.#amounts(keyOf(sum), sum);
      if (amounts && month !== undefined) {
        amounts.months[month] += sum.amount;
      }
    }
    return this;
  }

  /** @param members - whose days are added, by the key of the entity */
  addDays(
    name: 'toDate' | 'sameDaysBefore',
    window: WindowSums | undefined,
    members: Iterable<readonly [id: number, key: LineKey]>,
  ): this {
    for (const [id, key] of window ? members : []) {
      for (const sum of window?.get(id) ?? []) {
        const amounts = this.#amounts(key, sum);
        if (amounts) {
          amounts[name] += sum.amounts[this.#options.basis];
        }
      }
    }
    return this;
  }

  /** Undefined for what was not asked for. */
  #amounts(
    whose: LineKey,
    sum: { environment: number; currency: number },
  ): Amounts | undefined {
    const { names, environmentId, calendar, byEnvironment } = this.#options;
    const currency = names.currencies.get(sum.currency) ?? '';
    if (
      (environmentId !== undefined && sum.environment !== environmentId) ||
      (this.#options.currency ?? currency) !== currency
    ) {
      return undefined;
    }
    const { kind, key }: LineKey = byEnvironment
      ? { kind: 'named', key: names.environments.get(sum.environment)?.name }
      : whose;
    const id = `${currency} ${kind} ${key ?? ''}`;
    let line = this.#lines.get(id);
    if (!line) {
      line = {
        kind,
        ...(key !== undefined && { key }),
        currency,
        amounts: noAmounts(calendar),
      };
      this.#lines.set(id, line);
    }
    return line.amounts;
  }
}
