import Decimal from 'decimal.js';
import type {
  Month,
  SharedCost,
  SharePartner,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatDay, formatMonth } from '../../format';

/** Shares with the same one by the same rule, as one, whatever their months and environments. */
export type SharedLine = Omit<SharedCost, 'month' | 'wholeMonth'> & {
  /** Months that are counted whole because their days are not known. */
  wholeMonths: Month[];
};

/** The largest first; what was paid back counts by its size. */
export function linesOf(shares: readonly SharedCost[]): SharedLine[] {
  const lines = new Map<string, SharedLine>();
  for (const { month, wholeMonth, amount, weight, ...share } of shares) {
    const key = JSON.stringify(share);
    const line = lines.get(key);
    const sameWeight =
      !line || JSON.stringify(line.weight) === JSON.stringify(weight);
    lines.set(key, {
      ...share,
      amount: new Decimal(line?.amount ?? 0).plus(amount).toFixed(),
      ...(weight && sameWeight && { weight }),
      wholeMonths: [
        ...new Set([
          ...(line?.wholeMonths ?? []),
          ...(wholeMonth ? [month] : []),
        ]),
      ].sort(),
    });
  }
  return [...lines.values()].sort((a, b) =>
    new Decimal(b.amount).abs().comparedTo(new Decimal(a.amount).abs()),
  );
}

/** Which months of a line are counted whole, although the figures do not have all their days. */
export function wholeMonthsText({
  wholeMonths,
}: SharedLine): string | undefined {
  return wholeMonths.length > 0
    ? `with all of ${wholeMonths
        .map(month => formatMonth(`${month}-01`))
        .join(' and ')}, as its days are not known`
    : undefined;
}

/** Who is on the other side, where it is no entity. */
export function bucketText({ bucket }: SharePartner): string {
  return bucket === 'unallocated'
    ? 'usage that nobody claims'
    : 'taxes, support and the like';
}

/** How large a part is: `2 of 7 parts`. */
export function weightText({ weight, rule }: SharedLine): string | undefined {
  if (!weight) {
    return undefined;
  }
  const { part, of } = weight;
  switch (rule?.by) {
    case 'usage':
    case 'proportional': {
      const percent = new Decimal(part).dividedBy(of).times(100);
      return `${percent.toSignificantDigits(3).toString()} %`;
    }
    default:
      return `${part} of ${of} parts`;
  }
}

/** Which rule it is, who wrote it, and since when it holds. */
export function ruleText({ rule }: SharedLine): string | undefined {
  if (!rule) {
    return undefined;
  }
  const by = {
    equal: 'in equal parts',
    fixed: 'by fixed weights',
    usage: `by use of ${rule.metric ?? 'a metric'}`,
    proportional: 'in proportion to usage',
  }[rule.by];
  const author =
    rule.origin === 'repository'
      ? `by .plumbline.yaml of ${rule.repository}`
      : 'by the operator';
  return [
    rule.name ? `${rule.name}, ${by}` : by,
    `set ${author}`,
    ...(rule.since ? [`from ${formatDay(rule.since)} on`] : []),
  ].join(', ');
}

/** Why a part was kept. */
export function whyText({ why, rule }: SharedLine): string {
  switch (why) {
    case 'no-usage':
      return `Kept whole: ${
        rule?.metric ?? 'the metric'
      } has no figure of every consumer, so nobody knows the parts`;
    case 'no-consumer':
      return 'Kept: nobody has usage that it could be shared by';
    case 'consumer-gone':
      return 'Kept: who should bear it is not in the catalog';
    default:
      return 'Its own part';
  }
}
