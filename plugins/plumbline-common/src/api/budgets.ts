import type { EntityRef } from '../entityRef';
import type { CostBasis, Day, DecimalString, Instant } from './headline';

/**
 * How a budget stands.
 *
 * - `on-track`: at the present rate it is kept
 * - `at-risk`: it still is, but at the present rate it is exceeded before its period ends
 * - `over`: it is exceeded
 * - `cannot-tell`: too little is known, or the caller may not see all that it counts
 *
 * @public
 */
export type BudgetState = 'on-track' | 'at-risk' | 'over' | 'cannot-tell';

/** @public */
export type BudgetPeriod = 'month' | 'quarter' | 'year';

/** The figures of a budget's present period, in its own currency and basis. @public */
export interface BudgetFigures {
  /** ISO 4217. */
  currency: string;
  /** What may be spent in the period. */
  amount: DecimalString;
  /** From the period's first day to `dataThrough`; absent where no day is complete. */
  spent?: DecimalString;
  /** Mean daily usage of the last `daysConsidered` complete days; absent where there are too few. */
  dailyRate?: DecimalString;
  /** `spent`, and `dailyRate` for each day that is left; absent without a rate. */
  projected?: DecimalString;
  /** The day it was exceeded, or will be at the present rate; absent where it is kept. */
  exceededOn?: Day;
  /** The last day that is complete. */
  dataThrough?: Day;
  /** How many complete days the rate is the mean of: 7, 14, 21 or 28. */
  daysConsidered: number;
  /** For System, Domain and Group: how many entities are counted. */
  members?: number;
  /** Currencies that the same entities have costs in, which this budget does not count. */
  otherCurrencies: string[];
}

/** A budget and how it stands. @public */
export interface Budget {
  id: string;
  name?: string;
  /** Whose costs it counts: its own, or exactly those of its members. */
  entityRef: EntityRef;
  /** Only this environment; all where absent. */
  environment?: string;
  basis: CostBasis;
  period: BudgetPeriod;
  /** First day of the present period. */
  from: Day;
  /** The day after its last one. */
  to: Day;
  /** `config`: set by the operator. `repository`: by the `.plumbline.yaml` of the entity's code. */
  origin: 'config' | 'repository';
  state: BudgetState;
  /** A sentence a person reads. */
  reason: string;
  /** Absent where the budget counts an entity that the caller may not see. */
  figures?: BudgetFigures;
  evaluatedAt: Instant;
}

/** Which budgets to list. @public */
export interface BudgetsQuery {
  /** Only those of this entity. */
  entityRef?: EntityRef;
  /** Only those in this state. */
  state?: BudgetState;
  cursor?: string;
  /** From 1 to 200; 50 by default. */
  limit?: number;
}

/** @public */
export interface BudgetsPage {
  items: Budget[];
  /** Absent on the last page. */
  nextCursor?: string;
}
