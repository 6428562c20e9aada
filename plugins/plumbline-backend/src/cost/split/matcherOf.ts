import type { SplitMatch } from './types';

/** What can be matched; texts in lower case. @internal */
export interface MatchFacts {
  chargeKinds: ReadonlyMap<
    number,
    { category: string; correction: boolean; commitment: string }
  >;
  services: ReadonlyMap<number, string>;
  /** Those of the partition, where a rule looks at resources or accounts. */
  resources: ReadonlyMap<
    number,
    {
      nativeId: string;
      type: string;
      /** Row of the `account` table. */
      account: number;
      accountId: string;
      provider: string;
    }
  >;
}

/**
 * Whether a split takes a charge: by resource, service and kind of charge. Unused commitments are taken only by
 * who asks for them: waste must not vanish in somebody's cost by the way.
 *
 * @internal
 */
export function matcherOf(
  match: SplitMatch,
  facts: MatchFacts,
): (resource: number, service: number, chargeKind: number) => boolean {
  const kinds = new Set(
    [...facts.chargeKinds].flatMap(([id, { category, commitment }]) => {
      const unused = commitment === 'Unused';
      return unused === (match.commitment === 'Unused') &&
        isIn(match.categories, category)
        ? [id]
        : [];
    }),
  );
  const services =
    match.services &&
    new Set(
      [...facts.services].flatMap(([id, name]) =>
        isIn(match.services, name) ? [id] : [],
      ),
    );
  const { resources, resourceTypes, accounts } = match;
  const looksAtResource = resources ?? resourceTypes ?? accounts;
  return (resource, service, chargeKind) => {
    if (!kinds.has(chargeKind) || services?.has(service) === false) {
      return false;
    }
    if (!looksAtResource) {
      return true;
    }
    const known = facts.resources.get(resource);
    return (
      known !== undefined &&
      isIn(resources, known.nativeId) &&
      isIn(resourceTypes, known.type) &&
      isIn(accounts, known.accountId)
    );
  };
}

function isIn(list: readonly string[] | undefined, text: string): boolean {
  return list === undefined || list.includes(text);
}
