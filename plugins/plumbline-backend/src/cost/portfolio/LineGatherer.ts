import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import type { Environment } from '../Dimensions';
import type { WindowSums } from './DayWindowStore';
import { noAmounts, type Amounts } from './Figures';
import type { Line, LineKey } from './lines';

/** Names of keys. @internal */
export interface Names {
  environments: ReadonlyMap<number, Environment>;
  currencies: ReadonlyMap<number, string>;
}

/** Which sums make lines, and by what they are kept apart. @internal */
export interface GatherOptions {
  /** How many months there are. */
  months: number;
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
 * Gathers sums into lines: one for whom it stands for and currency. Who is the same is the same object.
 *
 * @internal
 */
export class LineGatherer {
  readonly #options: GatherOptions;
  readonly #lines = new Map<LineKey, Map<number, Line>>();
  readonly #environmentKeys = new Map<number, LineKey>();

  private constructor(options: GatherOptions) {
    this.#options = options;
  }

  static create(options: GatherOptions): LineGatherer {
    return new LineGatherer(options);
  }

  get lines(): Line[] {
    return [...this.#lines.values()].flatMap(byCurrency => [
      ...byCurrency.values(),
    ]);
  }

  /** @param month - its position among the months read */
  addMonth(
    whose: LineKey,
    environment: number,
    currency: number,
    month: number,
    amount: bigint,
  ): void {
    const amounts = this.#amounts(whose, environment, currency);
    if (amounts) {
      amounts.months[month] += amount;
    }
  }

  /** @param members - whose days are added, by the key of the entity */
  addDays(
    name: 'toDate' | 'sameDaysBefore',
    window: WindowSums | undefined,
    members: Iterable<readonly [id: number, key: LineKey]>,
  ): void {
    for (const [id, key] of window ? members : []) {
      for (const sum of window?.get(id) ?? []) {
        const amounts = this.#amounts(key, sum.environment, sum.currency);
        if (amounts) {
          const usage = sum.usage[this.#options.basis];
          if (name === 'toDate') {
            amounts.toDate += sum.amounts[this.#options.basis];
            amounts.usageToDate += usage;
          } else {
            amounts.sameDaysBefore += usage;
          }
        }
      }
    }
  }

  /** Undefined for what was not asked for. */
  #amounts(
    whose: LineKey,
    environment: number,
    currency: number,
  ): Amounts | undefined {
    const { environmentId, byEnvironment } = this.#options;
    if (environmentId !== undefined && environment !== environmentId) {
      return undefined;
    }
    const key = byEnvironment ? this.#environmentKey(environment) : whose;
    const known = this.#lines.get(key)?.get(currency);
    return known ? known.amounts : this.#open(key, currency);
  }

  #open(key: LineKey, currencyId: number): Amounts | undefined {
    const { names, months } = this.#options;
    const currency = names.currencies.get(currencyId) ?? '';
    if ((this.#options.currency ?? currency) !== currency) {
      return undefined;
    }
    const line: Line = { ...key, currency, amounts: noAmounts(months) };
    const byCurrency = this.#lines.get(key) ?? new Map<number, Line>();
    byCurrency.set(currencyId, line);
    this.#lines.set(key, byCurrency);
    return line.amounts;
  }

  #environmentKey(environment: number): LineKey {
    const known = this.#environmentKeys.get(environment);
    if (known) {
      return known;
    }
    const key: LineKey = {
      kind: 'named',
      key: this.#options.names.environments.get(environment)?.name ?? '',
    };
    this.#environmentKeys.set(environment, key);
    return key;
  }
}
