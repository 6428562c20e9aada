import type {
  BudgetPeriod,
  BudgetState,
  CostBasis,
  DecimalString,
  EntityRef,
  Month,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { DayWindow } from '../CostStore';

/** A budget as somebody set it. @internal */
export interface BudgetDefinition {
  origin: 'config' | 'repository';
  /** A Component or Resource, or the System, Domain or Group whose members are counted. */
  entityRef: EntityRef;
  name?: string;
  environment?: string;
  amount: DecimalString;
  currency: string;
  period: BudgetPeriod;
  basis: CostBasis;
  /** The first and the last month it is for; for all time where absent. */
  fromMonth?: Month;
  toMonth?: Month;
}

/** How a budget stands, in nanos and days since 1970-01-01. @internal */
export interface BudgetVerdict {
  state: BudgetState;
  reason: string;
  spent?: bigint;
  dailyRate?: bigint;
  projected?: bigint;
  exceededOn?: number;
  dataThrough?: number;
  daysConsidered: number;
}

/** A verdict with what it is of. @internal */
export interface EvaluatedBudget extends BudgetVerdict {
  definition: BudgetDefinition;
  /** Key of the entity. */
  entityId: number;
  window: DayWindow;
  members?: number;
  otherCurrencies: string[];
}
