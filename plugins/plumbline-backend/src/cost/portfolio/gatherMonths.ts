import type { CostBasis } from '@plumbline/backstage-plugin-plumbline-common';
import type { LineGatherer } from './LineGatherer';
import type { LineKey } from './lines';
import type { LiveMonths, VisitSum } from './MonthStore';

/** An entity and whom its cost stands with. @internal */
export type Member = readonly [id: number, key: LineKey];

/** What was seen while months were gathered, of the members alone. @internal */
export interface SeenMonths {
  /** Sources with a cost in the months read. */
  sources: Set<number>;
  /** Environments with a cost in the months asked for. */
  environments: Set<number>;
  /** Members with a cost in the months asked for, in the environment asked for. */
  withCost: Set<number>;
  /** How many members have a cost in each environment, in the months asked for. */
  membersIn: Map<number, number>;
}

/**
 * Gathers what members cost by month. The first of the months is there to compare with; it was not asked for.
 *
 * @internal
 */
export function gatherMonths(options: {
  live: readonly LiveMonths[];
  months: readonly string[];
  members: readonly Member[];
  basis: CostBasis;
  environmentId?: number;
  into: LineGatherer;
}): SeenMonths {
  const { live, members, basis, environmentId, into } = options;
  const positions = new Map(
    options.months.map((month, index) => [month, index]),
  );
  const seen: SeenMonths = {
    sources: new Set(),
    environments: new Set(),
    withCost: new Set(),
    membersIn: new Map(),
  };
  // One visitor for all: it is called for every month of thousands of entities.
  const here = new Set<number>();
  let whose: LineKey;
  let from: number;
  const visit: VisitSum = (month, environment, currency, amount) => {
    const position = positions.get(month);
    if (position !== undefined) {
      seen.sources.add(from);
      if (position > 0) {
        here.add(environment);
      }
      into.addMonth(whose, environment, currency, position, amount);
    }
  };
  for (const [id, key] of members) {
    here.clear();
    whose = key;
    for (const { source, sums } of live) {
      from = source;
      sums.visit(id, basis, visit);
    }
    for (const environment of here) {
      seen.environments.add(environment);
      seen.membersIn.set(
        environment,
        (seen.membersIn.get(environment) ?? 0) + 1,
      );
      if (environmentId === undefined || environment === environmentId) {
        seen.withCost.add(id);
      }
    }
  }
  return seen;
}
