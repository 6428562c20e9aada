import type {
  Restatement,
  Statement,
  StatementAmount,
  StatementBy,
  StatementItem,
  StatementMonth,
} from '@plumbline/backstage-plugin-plumbline-common';
import { formatAmount, formatDay, isNegative, isZero } from '../../format';

/** What a statement can be broken down by. */
export const byOptions: { id: StatementBy; label: string }[] = [
  { id: 'owner', label: 'Owner' },
  { id: 'system', label: 'System' },
  { id: 'domain', label: 'Domain' },
  { id: 'entity', label: 'Entity' },
];

/** As of when a statement can be read. */
export const asOfOptions = [
  { id: 'restated', label: 'With restatements' },
  { id: 'original', label: 'As it was closed' },
] as const;

/** What stands for an item that has no reference. */
export function itemLabel(
  kind: StatementItem['kind'],
  by: StatementBy,
): string {
  switch (kind) {
    case 'none':
      return `No ${by}`;
    case 'unnamed':
      return 'Not shown to you by the catalog';
    case 'unallocated':
      return 'Unallocated';
    case 'shared':
      return 'Shared';
    default:
      return kind;
  }
}

/** What the buckets are, in a sentence each. */
export const bucketSentences: Partial<Record<StatementItem['kind'], string>> = {
  unallocated: 'Usage that nobody claims',
  shared: 'Taxes, credits, support and the like, which have no single owner',
};

/** An amount with its sign: `+$12.50`. */
export function formatSigned(
  amount: StatementAmount['effective'],
  currency: string,
): string {
  return isNegative(amount) || isZero(amount)
    ? formatAmount(amount, currency)
    : `+${formatAmount(amount, currency)}`;
}

/** When and how a month was closed, as a sentence. */
export function closedText(
  closed: Pick<StatementMonth | Statement, 'closedAt' | 'afterTheFact'>,
): string {
  const day = formatDay(closed.closedAt ?? '');
  return closed.afterTheFact
    ? `Stated on ${day}, after the fact: the month was over before Plumbline started here.`
    : `Frozen on ${day}.`;
}

/** How often a month was restated, as a sentence; empty where it never was. */
export function restatedText(count: number, last: string | undefined): string {
  if (count === 0 || last === undefined) {
    return '';
  }
  const times = count === 1 ? 'once' : `${count} times`;
  return `Restated ${times}, on ${formatDay(last)}${
    count === 1 ? '' : ' at last'
  }.`;
}

/** Why a month was restated, as a sentence. */
export function causesText(causes: Restatement['causes']): string {
  const words: Record<Restatement['causes'][number]['cause'], string> = {
    'delivered-again': 'delivered the month again',
    added: 'delivered the month for the first time',
    'made-anew': 'was added up anew',
  };
  return causes
    .map(({ source, cause }) => `${source} ${words[cause]}`)
    .join('; ');
}

/** What a statement is without, as a sentence; empty where it is whole. */
export function leftOutText({
  leftOut,
  buckets,
}: Pick<Statement, 'leftOut' | 'buckets'>): string {
  const parts = [
    leftOut > 0 &&
      (leftOut === 1
        ? '1 entity is left out: you may not read what it costs.'
        : `${leftOut} entities are left out: you may not read what they cost.`),
    buckets === 'left-out' && 'What belongs to no entity is left out.',
  ];
  return parts.filter(Boolean).join(' ');
}
