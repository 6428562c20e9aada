import fc from 'fast-check';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { ExactDecimal } from '../../../database';
import { Allocations, type Allocation } from '../../materialise/Allocations';
import { CostColumns } from '../../materialise/CostColumns';
import type { MetricSums } from '../bearersOf';
import { metricKey } from '../bearersOf';
import { SplitPlan, type SplitFacts } from '../SplitPlan';
import type {
  Consumer,
  Rule,
  ShareRule,
  SplitRule,
  StoredRule,
} from '../types';

/** How often properties are tried: more where `PLUMBLINE_PROPERTY_RUNS` says so. */
export function propertyRuns(usual: number): number {
  return Number(process.env.PLUMBLINE_PROPERTY_RUNS ?? usual);
}

/** 2026-01-01: rows lie around the end of this month. */
export const FIRST_DAY = 20_454;
const DAYS = 40;
const EVER = { fromDay: -2_147_483_648, toDay: 2_147_483_647 };

/** Entities by key; 1 and 2 are the buckets. The last ones are gone, or were never there. */
export const ENTITIES: Record<number, EntityRef> = Object.fromEntries(
  [3, 4, 5, 6, 7].map(id => [id, `component:default/e${id}` as EntityRef]),
);
const GONE = 7;
const STRANGER = 'component:default/stranger' as EntityRef;

/** Kinds of charges by key. */
export const KINDS: SplitFacts['chargeKinds'] = new Map(
  [
    ['usage', false, ''],
    ['usage', true, ''],
    ['usage', false, 'Used'],
    ['usage', false, 'Unused'],
    ['tax', false, ''],
    ['credit', false, ''],
    ['purchase', false, ''],
    ['adjustment', false, ''],
    ['rounding', false, ''],
  ].map(([category, correction, commitment], index) => [
    index + 1,
    {
      category: String(category),
      correction: Boolean(correction),
      commitment: String(commitment),
    },
  ]),
);

const SHARED_KINDS = new Set(
  [...KINDS].flatMap(([id, { category, commitment }]) =>
    category !== 'usage' || commitment === 'Unused' ? [id] : [],
  ),
);

const UNKNOWN_ENVIRONMENT = 1;
const RESOURCES = [1, 2, 3, 4, 5, 6];

const facts: SplitFacts = {
  entities: new Map(
    Object.entries(ENTITIES).map(([id, ref]) => [
      ref,
      { id: Number(id), present: Number(id) !== GONE },
    ]),
  ),
  chargeKinds: KINDS,
  services: new Map([
    [1, 'lambda'],
    [2, 'support'],
  ]),
  resources: new Map(
    RESOURCES.map(id => [
      id,
      {
        nativeId: `r${id}`,
        type: id % 2 ? 'function' : 'nat',
        account: 1 + (id % 3),
        accountId: `a${1 + (id % 3)}`,
        provider: id === 6 ? 'azure' : 'aws',
      },
    ]),
  ),
};

/** One billed line, with the keys of its dimensions. */
export interface WorldRow {
  resource: number;
  day: number;
  service: number;
  currency: number;
  chargeKind: number;
  effective: bigint;
  billed: bigint;
}

/** A bill, whose it is, and the rules: everything that entity rows are made of. */
export interface World {
  rows: WorldRow[];
  allocations: Map<number, Allocation[]>;
  rules: StoredRule[];
  /** What entities used, by month; who is absent has no figure. */
  usage: Record<string, Record<number, string>>;
}

const amount = fc.oneof(
  fc.bigInt({ min: -20n, max: 20n }),
  fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
);

/** Lines of several currencies: usage, credits, taxes, corrections that reach back, commitments. */
export const rowArbitrary: fc.Arbitrary<WorldRow> = fc.record({
  resource: fc.constantFrom(...RESOURCES),
  day: fc.integer({ min: FIRST_DAY, max: FIRST_DAY + DAYS }),
  service: fc.constantFrom(1, 2),
  currency: fc.constantFrom(1, 2),
  chargeKind: fc.constantFrom(...KINDS.keys()),
  effective: amount,
  billed: amount,
});

/** Who has a resource from day to day: entities come, move, vanish and come back. */
const allocationArbitrary: fc.Arbitrary<Allocation[]> = fc
  .array(
    fc.record({
      days: fc.integer({ min: 1, max: DAYS }),
      entity: fc.option(fc.constantFrom(3, 4, 5, 6), { nil: undefined }),
      environment: fc.constantFrom(1, 2),
      restOfAccount: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map(pieces => {
    let from = EVER.fromDay;
    let to = FIRST_DAY;
    return pieces.flatMap(({ days, entity, ...more }) => {
      to += days;
      const piece = { fromDay: from, toDay: to, ...more };
      from = to;
      return entity === undefined ? [] : [{ ...piece, entity }];
    });
  });

const weight = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map(String),
  fc.constantFrom('0.5', '0.001', '33.333333333', '1000000000'),
);

function consumersArbitrary(refs: EntityRef[]): fc.Arbitrary<Consumer[]> {
  return fc.uniqueArray(
    fc.record({ entityRef: fc.constantFrom(...refs), weight }),
    { selector: ({ entityRef }) => entityRef, minLength: 1, maxLength: 4 },
  );
}

const daysArbitrary = fc.oneof(
  fc.constant(EVER),
  fc.record({
    fromDay: fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 20 }),
    toDay: fc.integer({ min: FIRST_DAY + 21, max: FIRST_DAY + DAYS }),
  }),
);

/** Entities 3 and 4 may share; nobody who shares is given a part of another. */
function shareArbitrary(id: number): fc.Arbitrary<ShareRule> {
  const refs = [id, 5, 6, GONE].map(one => ENTITIES[one]);
  return fc.record({
    kind: fc.constant('share' as const),
    entityRef: fc.constant(ENTITIES[id]),
    by: fc.constantFrom('equal' as const, 'fixed' as const, 'usage' as const),
    metric: fc.constant('requests'),
    consumers: consumersArbitrary([...refs, STRANGER]),
    origin: fc.constant({ kind: 'operator' as const }),
  });
}

const splitArbitrary: fc.Arbitrary<Omit<SplitRule, 'name'>> = fc
  .record({
    kind: fc.constant('split' as const),
    match: fc.constantFrom<SplitRule['match']>(
      { categories: ['tax'] },
      { services: ['support'] },
      { categories: ['credit', 'adjustment'] },
      { commitment: 'Unused' },
      { categories: ['usage'], resourceTypes: ['nat'] },
      { accounts: ['a1', 'a2'] },
    ),
    spread: fc.constantFrom(
      'proportional' as const,
      'equal' as const,
      'fixed' as const,
      'none' as const,
    ),
    within: fc.constantFrom(undefined, 'account' as const, 'provider' as const),
    consumers: consumersArbitrary([...Object.values(ENTITIES), STRANGER]),
    listed: fc.boolean(),
  })
  .map(({ listed, consumers, within, ...rule }) => {
    const named =
      rule.spread === 'fixed' || (rule.spread === 'equal' && listed);
    return {
      ...rule,
      ...(named ? { consumers } : { within }),
    };
  });

/** Rules of both kinds, dated. */
export const rulesArbitrary: fc.Arbitrary<StoredRule[]> = fc
  .tuple(
    fc.option(fc.tuple(shareArbitrary(3), daysArbitrary), { nil: undefined }),
    fc.option(fc.tuple(shareArbitrary(4), daysArbitrary), { nil: undefined }),
    fc.array(fc.tuple(splitArbitrary, daysArbitrary), { maxLength: 3 }),
  )
  .map(([one, two, splits]) => {
    const rules: [Rule, { fromDay: number; toDay: number }][] = [
      ...(one ? [one] : []),
      ...(two ? [two] : []),
      ...splits.map(([rule, days], index): [Rule, typeof days] => [
        { ...rule, name: `split ${index}` },
        days,
      ]),
    ];
    return rules.map(([rule, days], index) => ({
      id: index + 1,
      ...days,
      rule: withoutWeights(rule),
    }));
  });

const usageArbitrary = fc.record(
  Object.fromEntries(
    ['2026-01', '2026-02'].map(month => [
      month,
      fc.dictionary(
        fc.constantFrom('3', '4', '5', '6', '7'),
        fc.oneof(
          fc.integer({ min: 0, max: 1_000_000 }).map(String),
          fc.constantFrom('0.25', '12345678901234567890.5'),
        ),
      ),
    ]),
  ),
);

/** Whole worlds. */
export const worldArbitrary: fc.Arbitrary<World> = fc.record({
  rows: fc.array(rowArbitrary, { maxLength: 40 }),
  allocations: fc
    .tuple(...RESOURCES.map(() => allocationArbitrary))
    .map(all => new Map(all.map((one, index) => [index + 1, one]))),
  rules: rulesArbitrary,
  usage: usageArbitrary,
});

function withoutWeights(rule: Rule): Rule {
  const by = rule.kind === 'share' ? rule.by : rule.spread;
  return by === 'fixed' || !rule.consumers
    ? rule
    : {
        ...rule,
        consumers: rule.consumers.map(({ entityRef }) => ({
          entityRef,
          weight: '1',
        })),
      };
}

/** The rows of a world as they come from a bill. */
export function columnsOf(rows: readonly WorldRow[]): CostColumns {
  const columns = new CostColumns();
  for (const row of rows) {
    columns.push(
      row.resource,
      row.day,
      row.service,
      row.currency,
      row.chargeKind,
      row.effective,
      row.billed,
    );
  }
  return columns;
}

/** Whose the rows of a world are. */
export function allocationsOf({ allocations }: World): Allocations {
  return Allocations.of(allocations, SHARED_KINDS, UNKNOWN_ENVIRONMENT);
}

/** A plan of a world's rules. */
export function planOf({ rules }: World, maxParts?: number): SplitPlan {
  return SplitPlan.create({
    rules,
    facts,
    unknownEnvironment: UNKNOWN_ENVIRONMENT,
    maxParts,
  });
}

/** What the world's metrics answer to a plan. */
export function metricsOf(plan: SplitPlan, { usage }: World): MetricSums {
  return new Map(
    plan.questions().map(({ rule, month, entityIds }) => [
      metricKey(rule, month),
      new Map(
        Object.entries(usage[month] ?? {})
          .filter(([id]) => entityIds.includes(Number(id)))
          .map(([id, sum]) => [Number(id), new ExactDecimal(sum)]),
      ),
    ]),
  );
}
