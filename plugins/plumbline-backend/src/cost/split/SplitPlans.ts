import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { Decimal } from 'decimal.js';
import {
  canonicalAccountId,
  canonicalResourceId,
} from '../../bindings/claims/canonical';
import {
  endDayOfMonth,
  ExactDecimal,
  firstDayOfMonth,
  MAX_BATCH,
  presentAt,
  type PlumblineDatabase,
} from '../../database';
import { metricKey, type MetricSums } from './bearersOf';
import type { MatchFacts } from './matcherOf';
import { RuleStore } from './RuleStore';
import { SplitPlan, type KnownEntity } from './SplitPlan';
import type { StoredRule } from './types';
import type { UsageWeights } from '../../usage';

/**
 * Makes plans of the rules that stand, or stood when a month was closed.
 *
 * @internal
 */
export class SplitPlans {
  readonly #database: PlumblineDatabase;
  readonly #usageWeights: UsageWeights;
  readonly #rules: RuleStore;
  readonly #opened = new WeakMap<
    SplitPlan,
    { stated: boolean; rules: readonly StoredRule[] }
  >();

  static create(options: {
    database: PlumblineDatabase;
    usageWeights: UsageWeights;
  }): SplitPlans {
    return new SplitPlans(options.database, options.usageWeights);
  }

  private constructor(database: PlumblineDatabase, usageWeights: UsageWeights) {
    this.#database = database;
    this.#usageWeights = usageWeights;
    this.#rules = RuleStore.create({ database });
  }

  /** @returns undefined where nothing is shared out */
  async open(options: {
    resources: Iterable<number>;
    unknownEnvironment: number;
    knownAt?: Date;
  }): Promise<SplitPlan | undefined> {
    const { knownAt } = options;
    const rules = await this.#rules.list({ knownAt });
    if (rules.length === 0) {
      return undefined;
    }
    const plan = SplitPlan.create({
      rules,
      unknownEnvironment: options.unknownEnvironment,
      facts: {
        entities: await this.#entities(rules, knownAt),
        chargeKinds: await this.#chargeKinds(),
        services: await this.#services(),
        resources: rules.some(looksAtResources)
          ? await this.#resources([...options.resources])
          : new Map(),
      },
    });
    this.#opened.set(plan, { stated: knownAt !== undefined, rules });
    return plan;
  }

  /**
   * What metrics say of the months that a plan shares out by usage. Of a closed month, it is what they said when
   * it was stated: figures that come later change no parts.
   */
  async ask(plan: SplitPlan, partitionId: number): Promise<MetricSums> {
    const opened = this.#opened.get(plan);
    const sums = new Map<string, ReadonlyMap<number, Decimal>>();
    for (const { rule, metric, entityIds, month } of plan.questions()) {
      const stated =
        opened?.stated &&
        (await this.#stated(partitionId, opened.rules[rule].id, month));
      sums.set(
        metricKey(rule, month),
        stated
          ? new Map(
              entityIds.map(id => [id, stated.get(id) ?? new ExactDecimal(0)]),
            )
          : await this.#usageWeights.sum(
              metric,
              entityIds,
              firstDayOfMonth(month),
              endDayOfMonth(month),
            ),
      );
    }
    return sums;
  }

  /** The weights of the parts that readers see; all zero where nobody knew them; undefined where it had none. */
  async #stated(
    partitionId: number,
    ruleId: number,
    month: string,
  ): Promise<Map<number, Decimal> | undefined> {
    const rows: { entity_id: number; state: string; weight: string }[] =
      await this.#database
        .knex('entity_share_monthly as share')
        .join('cost_partition as live', join =>
          join
            .on('live.entity_generation', 'share.generation_id')
            .andOnVal('live.id', partitionId),
        )
        .where({ 'share.rule_id': ruleId, 'share.month': month })
        .select('share.entity_id', 'share.state', 'share.weight');
    if (rows.length === 0) {
      return undefined;
    }
    return new Map(
      rows
        .filter(({ state }) => state !== 'no-usage')
        .map(row => [row.entity_id, new ExactDecimal(row.weight)]),
    );
  }

  async #entities(
    rules: readonly StoredRule[],
    knownAt: Date | undefined,
  ): Promise<Map<EntityRef, KnownEntity>> {
    const refs = new Set(
      rules.flatMap(({ rule }) => [
        ...(rule.kind === 'share' ? [rule.entityRef] : []),
        ...(rule.consumers ?? []).map(({ entityRef }) => entityRef),
      ]),
    );
    const { knex } = this.#database;
    const found = new Map<EntityRef, KnownEntity>();
    for (const chunk of chunks([...refs])) {
      const rows: { id: number; ref: EntityRef }[] = await knex('entity')
        .whereIn('ref', chunk)
        .whereIn('kind', ['component', 'resource'])
        .select('id', 'ref');
      const present: number[] = await (knownAt
        ? knex
            .from(
              knex.raw('(select cast(? as timestamptz) as at) as closing', [
                knownAt,
              ]),
            )
            .crossJoin(knex.ref('entity'))
            .whereRaw(presentAt('closing.at'))
        : knex('entity').whereNull('removed_at')
      )
        .whereIn(
          'entity.id',
          rows.map(({ id }) => id),
        )
        .pluck('entity.id');
      const here = new Set(present);
      rows.forEach(({ id, ref }) =>
        found.set(ref, { id, present: here.has(id) }),
      );
    }
    return found;
  }

  async #chargeKinds(): Promise<MatchFacts['chargeKinds']> {
    const rows = await this.#database.knex('charge_kind');
    return new Map(
      rows.map(({ id, category, correction, commitment }) => [
        id,
        {
          category: category.toLowerCase(),
          correction: Boolean(correction),
          commitment,
        },
      ]),
    );
  }

  async #services(): Promise<MatchFacts['services']> {
    const rows = await this.#database.knex('service').select('id', 'name');
    return new Map(rows.map(({ id, name }) => [id, name.toLowerCase()]));
  }

  async #resources(ids: readonly number[]): Promise<MatchFacts['resources']> {
    const found = new Map<number, ResourceFacts>();
    for (const chunk of chunks(ids)) {
      const rows = await this.#database.query(
        `select r.id, r.native_id, r.type, r.account_id, a.native_id as account, a.provider
         from resource r join account a on a.id = r.account_id where r.id in (${chunk.join()})`,
      );
      for (const row of rows) {
        found.set(Number(row.id), {
          nativeId: canonicalResourceId(String(row.native_id)).toLowerCase(),
          type: String(row.type ?? '').toLowerCase(),
          account: Number(row.account_id),
          accountId: canonicalAccountId(String(row.account)).toLowerCase(),
          provider: String(row.provider),
        });
      }
      await this.#database.breathe();
    }
    return found;
  }
}

type ResourceFacts = MatchFacts['resources'] extends ReadonlyMap<
  number,
  infer T
>
  ? T
  : never;

function looksAtResources({ rule }: StoredRule): boolean {
  return (
    rule.kind === 'split' &&
    (rule.within ??
      rule.match.resources ??
      rule.match.resourceTypes ??
      rule.match.accounts) !== undefined
  );
}

function* chunks<T>(values: readonly T[]): Generator<T[]> {
  for (let start = 0; start < values.length; start += MAX_BATCH) {
    yield values.slice(start, start + MAX_BATCH);
  }
}
