import type {
  EntityRef,
  StatementAmount,
  StatementBy,
  StatementItem,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  nanosToDecimal,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
} from '../../database';
import type { EntitySum } from './StatementReader';

/** An item whose amounts are still numbers. */
type Item = Omit<StatementItem, 'effective' | 'billed'> & {
  effective: bigint;
  billed: bigint;
};

const BUCKETS: Partial<Record<number, 'unallocated' | 'shared'>> = {
  [UNALLOCATED_ENTITY_ID]: 'unallocated',
  [SHARED_ENTITY_ID]: 'shared',
};

/** Adds entities up by what they belonged to; by currency, the largest first. @internal */
export function itemsOf(
  sums: readonly EntitySum[],
  by: StatementBy,
): StatementItem[] {
  const items = new Map<string, Item>();
  for (const sum of sums) {
    const { kind, ref, ...more } = keyOf(sum, by);
    const key = `${sum.currency} ${kind} ${ref}`;
    const item = items.get(key);
    const entities = BUCKETS[sum.entityId] ? 0 : 1;
    if (item) {
      item.effective += sum.effective;
      item.billed += sum.billed;
      item.entities += entities;
    } else {
      items.set(key, {
        kind,
        ...(ref && { ref }),
        ...more,
        entities,
        currency: sum.currency,
        effective: sum.effective,
        billed: sum.billed,
      });
    }
  }
  return [...items.values()].sort(byAmount).map(item => ({
    ...item,
    effective: nanosToDecimal(item.effective),
    billed: nanosToDecimal(item.billed),
  }));
}

/** Sums per currency, in the order of codes. @internal */
export function totalsOf(
  sums: readonly { currency: string; effective: bigint; billed: bigint }[],
): StatementAmount[] {
  const totals = new Map<string, { effective: bigint; billed: bigint }>();
  for (const { currency, effective, billed } of sums) {
    const total = totals.get(currency) ?? { effective: 0n, billed: 0n };
    total.effective += effective;
    total.billed += billed;
    totals.set(currency, total);
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { effective, billed }]) => ({
      currency,
      effective: nanosToDecimal(effective),
      billed: nanosToDecimal(billed),
    }));
}

/** Whether the name or the title of an item holds a text, whatever its case. @internal */
export function itemMatches(item: StatementItem, search: string): boolean {
  const wanted = search.toLocaleLowerCase('en-US');
  return [item.ref ?? item.kind, item.title ?? ''].some(text =>
    text.toLocaleLowerCase('en-US').includes(wanted),
  );
}

function keyOf(
  sum: EntitySum,
  by: StatementBy,
): Omit<StatementItem, 'entities' | keyof StatementAmount> {
  const bucket = BUCKETS[sum.entityId];
  if (bucket) {
    return { kind: bucket };
  }
  if (by !== 'entity') {
    const ref = sum[`${by}Ref`];
    return ref ? { kind: by, ref } : { kind: 'none' };
  }
  return {
    kind: 'entity',
    ref: sum.ref,
    ...(sum.title && { title: sum.title }),
    ...(sum.ownerRef && { owner: sum.ownerRef }),
    ...(sum.systemRef && { system: sum.systemRef }),
    ...(sum.domainRef && { domain: sum.domainRef }),
    ...(sum.vanished && { vanished: true as const }),
  };
}

function byAmount(a: Item, b: Item): number {
  if (a.currency !== b.currency) {
    return a.currency < b.currency ? -1 : 1;
  }
  if (a.effective !== b.effective) {
    return a.effective > b.effective ? -1 : 1;
  }
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

function nameOf({ kind, ref }: Item): EntityRef | string {
  return ref ?? kind;
}
