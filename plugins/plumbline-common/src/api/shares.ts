import type { EntityRef } from '../entityRef';
import type { Day, DecimalString, Month } from './headline';

/** Whose cost it was, or who bears it: an entity, or a row of cost that belongs to none. @public */
export interface SharePartner {
  entityRef?: EntityRef;
  /** Taxes, support and the like; or usage that nobody claims. */
  bucket?: 'shared' | 'unallocated';
}

/** How large a part is: so much of so much. @public */
export interface ShareWeight {
  part: DecimalString;
  of: DecimalString;
}

/** The rule that shares cost out. @public */
export interface AppliedShareRule {
  /** What splits of nobody's cost are called. */
  name?: string;
  /** What parts are made by. */
  by: 'equal' | 'fixed' | 'usage' | 'proportional';
  /** The metric whose sums are the weights. */
  metric?: string;
  /** Who wrote it. */
  origin: 'operator' | 'repository';
  /** The repository in whose `.plumbline.yaml` it stands. */
  repository?: string;
  /** The first day of charges for which it holds. */
  since?: Day;
}

/**
 * What of a month's cost is shared with others by a rule, by the day of the charge. A month that is not asked for as a
 * whole counts with the days asked for.
 *
 * - `received`: it was somebody else's, and is in this entity's figures
 * - `given`: it was this entity's, and is in somebody else's figures
 * - `kept`: a rule shares it out, and it stayed
 *
 * Where the caller may not see the other side, there is neither partner nor rule nor weight, and all such parts are
 * one: nobody can tell how many there are.
 *
 * @public
 */
export interface SharedCost {
  direction: 'received' | 'given' | 'kept';
  month: Month;
  currency: string;
  amount: DecimalString;
  /** The amount, or some of it, is the whole month's, although not all its days were asked for: they are not known. */
  wholeMonth?: boolean;
  partner?: SharePartner;
  rule?: AppliedShareRule;
  /** Absent where parts of several weights were added up. */
  weight?: ShareWeight;
  /**
   * Why it was kept: listed as a consumer itself, nobody knows the usage, there is nobody to bear it, or who should
   * bear it is not in the catalog.
   */
  why?: 'listed' | 'no-usage' | 'no-consumer' | 'consumer-gone';
}
