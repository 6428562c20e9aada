import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { CostColumns } from '../materialise/CostColumns';
import type { Allocating } from '../materialise/entityRows';
import { distribute } from './distribute';
import { matcherOf, type MatchFacts } from './matcherOf';
import { OwnUsage } from './OwnUsage';
import { PartsChunk, type SplitParts } from './PartsChunk';
import { bearersOf, type Bearer, type MetricSums } from './bearersOf';
import { SharePools, withoutDays, type Pool } from './SharePools';
import { ShareSums, type ShareRow } from './ShareSums';
import type { StoredRule } from './types';

/** Parts that a rule makes with a day of their own each; what would be more is dated to the first of its month. */
const MAX_PARTS = 2_000_000;

/** Parts that are handed over at one go: 36 MB. */
const CHUNK = 1_000_000;

/** An entity of the catalog, or one that it had. @internal */
export interface KnownEntity {
  id: number;
  present: boolean;
}

/** What a plan must know beside rules and rows. @internal */
export interface SplitFacts extends MatchFacts {
  /** Entities that rules name. */
  entities: ReadonlyMap<EntityRef, KnownEntity>;
}

/** What a metric must be asked for. @internal */
export interface MetricQuestion {
  /** Position of the rule. */
  rule: number;
  metric: string;
  entityIds: number[];
  month: string;
}

type Splits = readonly { at: number; stored: StoredRule }[];

/**
 * Shares the cost of one partition out by rules. It takes the rows that rules touch out of the portions as they
 * pass, adds them up, and in the end makes parts of the sums. All weights are of entities' own cost, so that no
 * part is shared out a second time.
 *
 * @internal
 */
export class SplitPlan {
  readonly #rules: readonly StoredRule[];
  readonly #facts: SplitFacts;
  readonly #unknownEnvironment: number;
  readonly #maxParts: number;
  readonly #sharers = new Map<number, { at: number; stored: StoredRule }[]>();
  readonly #splits: Splits;
  readonly #matchers: ReturnType<typeof matcherOf>[];
  readonly #scopes: ReadonlySet<'account' | 'provider'>;
  readonly #pools = new SharePools();
  readonly #usage = new OwnUsage();
  readonly #shares = new ShareSums();

  /** @param options - `rules`: splits in their order */
  static create(options: {
    rules: readonly StoredRule[];
    facts: SplitFacts;
    unknownEnvironment: number;
    maxParts?: number;
  }): SplitPlan {
    return new SplitPlan(options);
  }

  private constructor(options: {
    rules: readonly StoredRule[];
    facts: SplitFacts;
    unknownEnvironment: number;
    maxParts?: number;
  }) {
    const { rules, facts } = options;
    this.#rules = rules;
    this.#facts = facts;
    this.#unknownEnvironment = options.unknownEnvironment;
    this.#maxParts = options.maxParts ?? MAX_PARTS;
    const splits: { at: number; stored: StoredRule }[] = [];
    rules.forEach((stored, at) => {
      const { rule } = stored;
      if (rule.kind === 'split') {
        splits.push({ at, stored });
        return;
      }
      const id = facts.entities.get(rule.entityRef)?.id;
      if (id !== undefined) {
        this.#sharers.set(id, [
          ...(this.#sharers.get(id) ?? []),
          { at, stored },
        ]);
      }
    });
    this.#splits = splits;
    this.#matchers = rules.map(({ rule }) =>
      rule.kind === 'split' ? matcherOf(rule.match, facts) : () => false,
    );
    this.#scopes = new Set(
      rules.flatMap(({ rule }) =>
        rule.kind === 'split' && rule.within ? [rule.within] : [],
      ),
    );
  }

  /** Takes out of a portion what rules share out, and gives back the rest. */
  take(
    rows: CostColumns,
    allocations: Pick<Allocating, 'find' | 'bucket'>,
  ): CostColumns {
    const rest = new CostColumns();
    for (let row = 0; row < rows.length; row++) {
      if (!this.#takeRow(rows, row, allocations)) {
        rest.push(
          rows.resource[row],
          rows.day[row],
          rows.service[row],
          rows.currency[row],
          rows.chargeKind[row],
          rows.effective[row],
          rows.billed[row],
        );
      }
    }
    return rest;
  }

  /** What metrics must say before parts can be made. */
  questions(): MetricQuestion[] {
    return this.#pools.all().flatMap(({ rule: at, month }) => {
      const { rule } = this.#rules[at];
      return rule.kind === 'share' && rule.by === 'usage'
        ? [
            {
              rule: at,
              metric: rule.metric ?? '',
              entityIds: rule.consumers.flatMap(
                ({ entityRef }) =>
                  this.#facts.entities.get(entityRef)?.id ?? [],
              ),
              month,
            },
          ]
        : [];
    });
  }

  /** Parts of everything that was taken, which add up to it. */
  *parts(sums: MetricSums): Generator<SplitParts> {
    const pools = this.#pools.all().map(pool => ({
      pool,
      bearers: bearersOf(this.#rules[pool.rule].rule, pool, {
        facts: this.#facts,
        usage: this.#usage,
        sums,
        unknownEnvironment: this.#unknownEnvironment,
      }),
    }));
    const partsOf = new Map<number, number>();
    for (const { pool, bearers } of pools) {
      const count = pool.entries.size * bearers.length;
      partsOf.set(pool.rule, (partsOf.get(pool.rule) ?? 0) + count);
    }
    let chunk = new PartsChunk(this.#unknownEnvironment);
    for (const { pool, bearers } of pools) {
      const tooMany = (partsOf.get(pool.rule) ?? 0) > this.#maxParts;
      const entries = tooMany ? withoutDays(pool) : pool.entries.values();
      const weights = bearers.map(({ weight }) => weight);
      for (const entry of entries) {
        const effective = distribute(entry.effective, weights);
        const billed = distribute(entry.billed, weights);
        for (const [index, bearer] of bearers.entries()) {
          const environment = bearer.environment ?? entry.environment;
          const amounts = [effective[index], billed[index]] as const;
          this.#note(pool, bearer, environment, !tooMany, ...amounts);
          chunk.add(
            {
              entity: bearer.entity,
              environment,
              from: pool.from,
              rule: this.#rules[pool.rule].id,
            },
            pool.currency,
            entry,
            ...amounts,
          );
        }
        if (chunk.rows.length >= CHUNK) {
          yield chunk;
          chunk = new PartsChunk(this.#unknownEnvironment);
        }
      }
    }
    if (chunk.rows.length > 0) {
      yield chunk;
    }
  }

  /** Who bears what of whose cost; known once all parts are made. */
  shares(): ShareRow[] {
    return this.#shares.all();
  }

  #takeRow(
    rows: CostColumns,
    row: number,
    allocations: Pick<Allocating, 'find' | 'bucket'>,
  ): boolean {
    const day = rows.day[row];
    const chargeKind = rows.chargeKind[row];
    const allocation = allocations.find(rows.resource[row], day, chargeKind);
    const entry = {
      day,
      environment: allocation?.environment ?? this.#unknownEnvironment,
      service: rows.service[row],
      chargeKind,
      effective: rows.effective[row],
      billed: rows.billed[row],
    };
    const key = { currency: rows.currency[row], scope: '' };
    if (allocation) {
      this.#noteUsage(rows, row, allocation);
      const sharer = this.#sharers.get(allocation.entity)?.find(holds(day));
      if (sharer) {
        this.#pools.add(
          { ...key, rule: sharer.at, from: allocation.entity },
          entry,
        );
      }
      return sharer !== undefined;
    }
    const split = this.#splits.find(
      one =>
        holds(day)(one) &&
        this.#matchers[one.at](
          rows.resource[row],
          rows.service[row],
          chargeKind,
        ),
    );
    const rule = split?.stored.rule;
    if (!split || rule?.kind !== 'split' || rule.spread === 'none') {
      return false;
    }
    this.#pools.add(
      {
        ...key,
        rule: split.at,
        from: allocations.bucket(chargeKind),
        scope: this.#scope(rows.resource[row], rule.within),
      },
      entry,
    );
    return true;
  }

  #noteUsage(
    rows: CostColumns,
    row: number,
    { entity, environment }: { entity: number; environment: number },
  ): void {
    const kind = this.#facts.chargeKinds.get(rows.chargeKind[row]);
    if (
      this.#splits.length === 0 ||
      kind?.category !== 'usage' ||
      kind.correction
    ) {
      return;
    }
    const currency = rows.currency[row];
    const nanos = rows.effective[row];
    this.#usage.add('', currency, entity, environment, nanos);
    for (const within of this.#scopes) {
      const scope = this.#scope(rows.resource[row], within);
      this.#usage.add(scope, currency, entity, environment, nanos);
    }
  }

  #scope(resource: number, within: 'account' | 'provider' | undefined): string {
    const known = this.#facts.resources.get(resource);
    switch (within) {
      case 'account':
        return `account ${known?.account ?? 0}`;
      case 'provider':
        return `provider ${known?.provider ?? ''}`;
      default:
        return '';
    }
  }

  #note(
    pool: Pool,
    bearer: Bearer,
    environment: number,
    dated: boolean,
    effective: bigint,
    billed: bigint,
  ): void {
    this.#shares.add({
      entity: bearer.entity,
      month: pool.month,
      environment,
      from: pool.from,
      rule: this.#rules[pool.rule].id,
      currency: pool.currency,
      state: bearer.state,
      weight: bearer.part,
      weightTotal: bearer.of,
      dated,
      effective,
      billed,
    });
  }
}

function holds(day: number) {
  return ({ stored }: { stored: StoredRule }) =>
    stored.fromDay <= day && day < stored.toDay;
}
