import type { EntityRef } from '../entityRef';
import type { DecimalString, Instant, Month } from './headline';

/** A sum in one currency, in both bases. @public */
export interface StatementAmount {
  currency: string;
  effective: DecimalString;
  billed: DecimalString;
}

/** What an administrator closed a month without. @public */
export interface StatementForce {
  /** Why, in their words. */
  reason: string;
  /** What was incomplete, in sentences. */
  obstacles: string[];
}

/**
 * One billing month: what the invoices of that month cover, whatever day a charge is of.
 *
 * @public
 */
export interface StatementMonth {
  month: Month;
  /** `blocked`: its time has come, but something is incomplete. */
  state: 'open' | 'blocked' | 'closed';
  /** For open months: from when on it is closed, once complete. */
  closesAt?: Instant;
  /** For blocked months: why, in sentences that name the source. */
  obstacles?: string[];
  closedAt?: Instant;
  /** Closed later than at its time, since it was over before Plumbline first started. */
  afterTheFact?: true;
  /** Closed by an administrator although incomplete. */
  forced?: StatementForce;
  restatements: number;
  restatedAt?: Instant;
  /** Why a new delivery is not taken as a restatement, in sentences. */
  held?: string[];
  /** Of a closed month with its restatements, as far as the caller may see; one per currency. */
  totals: StatementAmount[];
}

/** @public */
export interface StatementMonths {
  /** Newest first. */
  items: StatementMonth[];
  nextCursor?: string;
}

/** What a statement is broken down by. @public */
export type StatementBy = 'owner' | 'system' | 'domain' | 'entity';

/** `original`: as the month was closed. `restated`: with every change since. @public */
export type StatementAsOf = 'original' | 'restated';

/** @public */
export interface StatementQuery {
  by?: StatementBy;
  asOf?: StatementAsOf;
  /** Only items whose name or title holds this. */
  search?: string;
  cursor?: string;
  limit?: number;
}

/** One row of a statement: what one entity, owner, system, domain or bucket costs in one currency. @public */
export interface StatementItem extends StatementAmount {
  /**
   * `none`: what belongs to no owner, system or domain. `unnamed`: what the catalog does not show to the caller.
   * `unallocated` and `shared`: what belongs to no entity.
   */
  kind:
    | 'entity'
    | 'owner'
    | 'system'
    | 'domain'
    | 'none'
    | 'unnamed'
    | 'unallocated'
    | 'shared';
  /** Names it within the statement; absent for what has no name. */
  ref?: EntityRef;
  title?: string;
  /** Whose an entity was when the month was closed. */
  owner?: EntityRef;
  system?: EntityRef;
  domain?: EntityRef;
  /** The catalog no longer has it. */
  vanished?: true;
  /** How many entities are added up; 0 for the buckets. */
  entities: number;
}

/** A change to a closed month: differences, never a correction of earlier lines. @public */
export interface Restatement {
  /** 1 for the first. */
  number: number;
  statedAt: Instant;
  causes: {
    /** Id of the source. */
    source: string;
    /**
     * `delivered-again`: it delivered the month anew. `added`: it had no part in the month before. `made-anew`: the
     * same delivery was added up again.
     */
    cause: 'delivered-again' | 'added' | 'made-anew';
  }[];
  /** Net change per currency of what the caller may see; empty where it concerns nothing of it. */
  changes: StatementAmount[];
}

/** @public */
export interface Statement {
  month: Month;
  closedAt: Instant;
  afterTheFact?: true;
  forced?: StatementForce;
  asOf: StatementAsOf;
  by: StatementBy;
  /** Ids of the sources whose bills it adds up. */
  sources: string[];
  /** Of everything the caller may see, whatever page or search is shown. */
  totals: StatementAmount[];
  /** Entities the caller may not read: neither shown nor in the totals. */
  leftOut: number;
  /** Whether the totals hold what belongs to no entity. */
  buckets: 'included' | 'left-out';
  /** By currency, the largest first. */
  items: StatementItem[];
  nextCursor?: string;
  /** The first one first. */
  restatements: Restatement[];
  held?: string[];
}

/** One line of an entity's or a bucket's statement. @public */
export interface StatementLine extends StatementAmount {
  environment: string;
  /** FOCUS ProviderName. */
  provider: string;
  /** FOCUS ServiceName. */
  service: string;
  /** FOCUS ChargeCategory, or `Rounding`. */
  category: string;
  /** FOCUS ChargeClass is `Correction`. */
  correction: boolean;
  /** FOCUS CommitmentDiscountStatus. */
  commitment?: 'Used' | 'Unused';
}

/** @public */
export interface StatementLinesQuery {
  /** Reference of an entity, or `plumbline:unallocated` or `plumbline:shared`. */
  of: string;
  asOf?: StatementAsOf;
  cursor?: string;
  limit?: number;
}

/** @public */
export interface StatementLines {
  month: Month;
  of: string;
  asOf: StatementAsOf;
  /** By currency, the largest first. */
  lines: StatementLine[];
  nextCursor?: string;
}
