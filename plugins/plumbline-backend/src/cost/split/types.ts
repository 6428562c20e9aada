import type {
  DecimalString,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/** Who bears a part, and how large it is beside the others’. @internal */
export interface Consumer {
  entityRef: EntityRef;
  /** Positive; `1` where all parts are alike or a metric says how large they are. */
  weight: DecimalString;
}

/** Who wrote a rule: the operator, or the owners of a repository in its `.plumbline.yaml`. @internal */
export type RuleOrigin =
  | { kind: 'operator' }
  | { kind: 'repository'; repository: string };

interface Dated {
  /** First day, since 1970-01-01, for which it holds; the day it was first seen where absent. */
  from?: number;
  /** The first day on which it holds no more. */
  to?: number;
}

/** One entity’s own cost is borne by others. @internal */
export interface ShareRule extends Dated {
  kind: 'share';
  entityRef: EntityRef;
  by: 'equal' | 'fixed' | 'usage';
  /** The metric whose sums are the weights. */
  metric?: string;
  consumers: Consumer[];
  origin: RuleOrigin;
}

/** What a split takes of the buckets: all that is given must hold; of each list, one. Texts in lower case. @internal */
export interface SplitMatch {
  categories?: string[];
  services?: string[];
  /** Unused commitments are taken by this only. */
  commitment?: 'Unused';
  resourceTypes?: string[];
  resources?: string[];
  accounts?: string[];
}

/** Cost in the buckets is borne by entities; `none` lets it stay there. @internal */
export interface SplitRule extends Dated {
  kind: 'split';
  name: string;
  match: SplitMatch;
  spread: 'proportional' | 'equal' | 'fixed' | 'none';
  /** Only entities with usage in the charge’s account, or with its provider, bear it. */
  within?: 'account' | 'provider';
  /** For `fixed`, and for `equal` unless everyone with usage is meant. */
  consumers?: Consumer[];
}

/** @internal */
export type Rule = ShareRule | SplitRule;

/** A version of a rule as it is stored: the days for which it holds. @internal */
export interface StoredRule {
  id: number;
  fromDay: number;
  /** Exclusive. */
  toDay: number;
  rule: Rule;
}

/** What became of a part. @internal */
export type ShareState =
  /** Someone else bears it. */
  | 'shared'
  /** Whose it is was listed as well. */
  | 'kept'
  /** The metric has no figure of a consumer for the month, so nobody knows the parts. */
  | 'no-usage'
  /** There is nobody to bear it. */
  | 'no-consumer'
  /** Who should bear it is not in the catalog. */
  | 'consumer-gone';

/** What tells a rule from all others. @internal */
export function ruleKey(rule: Rule): string {
  return rule.kind === 'share'
    ? `share ${rule.entityRef}`
    : `split ${rule.name}`;
}
