import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { ShareRule } from './types';

/**
 * Which shares cannot hold, and why: a part stays with whoever gets it, so nobody who shares out their own cost
 * can be given a part of somebody else's.
 *
 * @param rules - at most one an entity
 * @param others - rules that hold in any case
 * @internal
 */
export function refusedShares(
  rules: readonly ShareRule[],
  others: readonly ShareRule[],
): Map<EntityRef, string> {
  const sharers = new Set(
    [...rules, ...others].map(({ entityRef }) => entityRef),
  );
  const given = new Map(
    others.flatMap(({ entityRef, consumers }) =>
      consumers.map(consumer => [consumer.entityRef, entityRef] as const),
    ),
  );
  const refused = new Map<EntityRef, string>();
  for (const { entityRef, consumers } of rules) {
    const chained = consumers.find(
      consumer =>
        consumer.entityRef !== entityRef && sharers.has(consumer.entityRef),
    );
    const giver = given.get(entityRef);
    if (chained) {
      refused.set(
        entityRef,
        `it gives a part to ${chained.entityRef}, which shares out its own cost; name those who bear it in the end`,
      );
    } else if (giver !== undefined && giver !== entityRef) {
      refused.set(
        entityRef,
        `the operator's rule gives it a part of ${giver}, and what is shared is not shared again`,
      );
    }
  }
  return refused;
}
