import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { Decimal } from 'decimal.js';
import { ExactDecimal, nanosToDecimal } from '../../database';
import { wholeWeights } from './distribute';
import type { EntityUsage, OwnUsage } from './OwnUsage';
import type { Pool } from './SharePools';
import type { KnownEntity } from './SplitPlan';
import type { Consumer, Rule, ShareRule, ShareState, SplitRule } from './types';

/** What metrics said, by {@link metricKey}. @internal */
export type MetricSums = ReadonlyMap<string, ReadonlyMap<number, Decimal>>;

/** Who bears a part of a pool. @internal */
export interface Bearer {
  entity: number;
  /** Of the part; as the charge's where absent. */
  environment?: number;
  weight: bigint;
  /** The weight as it is shown: so much … */
  part: string;
  /** … of so much. */
  of: string;
  state: ShareState;
}

interface BearerContext {
  facts: { entities: ReadonlyMap<EntityRef, KnownEntity> };
  usage: OwnUsage;
  sums: MetricSums;
  unknownEnvironment: number;
}

/** What a metric said for a rule (its position) and a month. @internal */
export function metricKey(rule: number, month: string): string {
  return `${rule} ${month}`;
}

/**
 * Who bears a pool, and with which weights. What nobody can be found for stays where it was, and says why.
 *
 * @internal
 */
export function bearersOf(
  rule: Rule,
  pool: Pool,
  context: BearerContext,
): Bearer[] {
  const bearers =
    rule.kind === 'share'
      ? ofShare(rule, pool, context)
      : ofSplit(rule, pool, context);
  return bearers.length > 0 ? bearers : [stay(pool, 'no-consumer')];
}

function ofShare(
  rule: ShareRule,
  pool: Pool,
  { facts, sums }: BearerContext,
): Bearer[] {
  const { entities } = facts;
  const known = byRef(rule.consumers).map(({ entityRef, weight }) => ({
    entity: entities.get(entityRef),
    weight,
  }));
  if (rule.by !== 'usage') {
    return weighted(
      known.map(({ entity, weight }) => ({ ...held(entity, pool), weight })),
    );
  }
  const figures = sums.get(metricKey(pool.rule, pool.month));
  const bearers = known.flatMap(({ entity }) => {
    const sum = entity && figures?.get(entity.id);
    // Who left the catalog, and used nothing, is no reason not to know the others' parts.
    return sum || entity?.present
      ? [{ ...held(entity, pool), weight: sum?.toFixed() }]
      : [];
  });
  const told = bearers.flatMap(({ weight, ...bearer }) =>
    weight !== undefined && new ExactDecimal(weight).gte(0)
      ? [{ ...bearer, weight }]
      : [],
  );
  return told.length < bearers.length || told.every(isZero)
    ? [stay(pool, 'no-usage')]
    : weighted(told);
}

function ofSplit(
  rule: SplitRule,
  pool: Pool,
  { facts, usage, unknownEnvironment }: BearerContext,
): Bearer[] {
  const users = usage.within(pool.scope, pool.currency);
  if (rule.spread === 'proportional') {
    return weighted(
      users.map(({ entity, environment, nanos }) => ({
        entity,
        environment,
        state: 'shared' as const,
        weight: nanosToDecimal(nanos),
      })),
    );
  }
  // A part is one per entity, and goes to the environment that it uses most.
  const most = mainEnvironments(usage.within('', pool.currency));
  const shared = (entity: number) => ({
    entity,
    environment: most.get(entity) ?? unknownEnvironment,
    state: 'shared' as const,
  });
  if (!rule.consumers) {
    const all = new Set(users.map(({ entity }) => entity));
    return weighted([...all].map(id => ({ ...shared(id), weight: '1' })));
  }
  return weighted(
    byRef(rule.consumers).map(({ entityRef, weight }) => {
      const entity = facts.entities.get(entityRef);
      return entity?.present
        ? { ...shared(entity.id), weight }
        : { ...held(entity, pool), weight };
    }),
  );
}

/** Whoever is listed, or for who is gone the one whose cost it is. */
function held(
  entity: KnownEntity | undefined,
  { from }: Pool,
): { entity: number; state: ShareState } {
  if (!entity?.present) {
    return { entity: from, state: 'consumer-gone' };
  }
  return {
    entity: entity.id,
    state: entity.id === from ? 'kept' : 'shared',
  };
}

function stay({ from }: Pool, state: ShareState): Bearer {
  return { entity: from, weight: 1n, part: '1', of: '1', state };
}

function weighted<
  T extends {
    entity: number;
    environment?: number;
    state: ShareState;
    weight: string;
  },
>(bearers: readonly T[]): Bearer[] {
  const weights = wholeWeights(bearers.map(({ weight }) => weight));
  const of = bearers
    .reduce((sum, { weight }) => sum.plus(weight), new ExactDecimal(0))
    .toFixed();
  return bearers.map(({ entity, environment, state, weight }, index) => ({
    entity,
    environment,
    state,
    weight: weights[index],
    part: new ExactDecimal(weight).toFixed(),
    of,
  }));
}

function mainEnvironments(users: readonly EntityUsage[]): Map<number, number> {
  const most = new Map<number, EntityUsage>();
  for (const user of users) {
    const known = most.get(user.entity);
    if (!known || user.nanos > known.nanos) {
      most.set(user.entity, user);
    }
  }
  return new Map(
    [...most].map(([entity, { environment }]) => [entity, environment]),
  );
}

function byRef(consumers: readonly Consumer[]): Consumer[] {
  return [...consumers].sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
}

function isZero({ weight }: { weight: string }): boolean {
  return new ExactDecimal(weight).isZero();
}
