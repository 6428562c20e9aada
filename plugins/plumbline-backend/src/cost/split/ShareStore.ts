import type {
  CostBasis,
  EntityRef,
  SharedCost,
  SharePartner,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import {
  monthOfDay,
  nanosToDecimal,
  type PlumblineDatabase,
} from '../../database';
import type { DayWindow } from '../CostStore';
import { describeRule, partnerOf } from './describeShare';
import { RuleStore } from './RuleStore';
import type { ShareState, StoredRule } from './types';

const NANOS = 1_000_000_000n;

/** How many entities go into one query. */
const CHUNK = 500;

/** What an entity bears of one other's cost in a month, in nanos of effective cost. @internal */
export interface ReceivedShare {
  entity: number;
  month: string;
  environment: number;
  currency: number;
  partner: SharePartner;
  weight: string;
  weightTotal: string;
  effective: bigint;
}

interface ShareRecord {
  entity: number;
  ref: EntityRef;
  from: number;
  fromRef: EntityRef;
  month: string;
  rule: number;
  currency: string;
  state: ShareState;
  weight: string;
  weightTotal: string;
  units: string;
  nanos: string;
}

/**
 * Reads what is kept beside the figures: which of them are parts of others' cost.
 *
 * @internal
 */
export class ShareStore {
  readonly #knex: Knex;
  readonly #rules: RuleStore;

  static create(options: { database: PlumblineDatabase }): ShareStore {
    return new ShareStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#knex = database.knex;
    this.#rules = RuleStore.create({ database });
  }

  /**
   * What an entity gets, gives and keeps by rules in the months that a window touches, with everything that anybody
   * may ask: whoever shows it leaves out what the caller may not see.
   */
  async getShares(options: {
    entityId: number;
    window: DayWindow;
    basis: CostBasis;
    environmentId?: number;
  }): Promise<SharedCost[]> {
    const { entityId, window, basis, environmentId } = options;
    const query = this.#live()
      .where(mine =>
        mine
          .where('share.entity_id', entityId)
          .orWhere('share.from_entity_id', entityId),
      )
      .where('share.month', '>=', monthOfDay(window.from))
      .where('share.month', '<=', monthOfDay(window.to - 1))
      .join('entity', 'entity.id', 'share.entity_id')
      .join('entity as giver', 'giver.id', 'share.from_entity_id')
      .join('currency', 'currency.id', 'share.currency_id')
      .groupBy(
        'share.entity_id',
        'entity.ref',
        'share.from_entity_id',
        'giver.ref',
        'share.month',
        'share.rule_id',
        'currency.code',
        'share.state',
        'share.weight',
        'share.weight_total',
      )
      .select({
        entity: 'share.entity_id',
        ref: 'entity.ref',
        from: 'share.from_entity_id',
        fromRef: 'giver.ref',
        month: 'share.month',
        rule: 'share.rule_id',
        currency: 'currency.code',
        state: 'share.state',
        weight: 'share.weight',
        weightTotal: 'share.weight_total',
      })
      .select(...this.#amount(basis))
      .orderBy(['share.month', 'giver.ref', 'entity.ref', 'share.state']);
    if (environmentId !== undefined) {
      query.where('share.environment_id', environmentId);
    }
    const rows: ShareRecord[] = await query;
    const rules = await this.#rules.getByIds(
      new Set(rows.map(({ rule }) => rule)),
    );
    return rows.map(row => toSharedCost(row, entityId, rules.get(row.rule)));
  }

  /** What each entity bears of others' cost in some months. */
  async listReceived(
    entityIds: readonly number[],
    months: readonly string[],
  ): Promise<ReceivedShare[]> {
    const found: ReceivedShare[] = [];
    for (let start = 0; start < entityIds.length; start += CHUNK) {
      const rows: (Omit<ShareRecord, 'currency'> & {
        environment: number;
        currency: number;
      })[] = await this.#live()
        .whereIn('share.entity_id', entityIds.slice(start, start + CHUNK))
        .whereIn('share.month', months)
        .whereRaw('share.entity_id <> share.from_entity_id')
        .join('entity as giver', 'giver.id', 'share.from_entity_id')
        .groupBy(
          'share.entity_id',
          'share.from_entity_id',
          'giver.ref',
          'share.month',
          'share.environment_id',
          'share.currency_id',
          'share.weight',
          'share.weight_total',
        )
        .select({
          entity: 'share.entity_id',
          from: 'share.from_entity_id',
          fromRef: 'giver.ref',
          month: 'share.month',
          environment: 'share.environment_id',
          currency: 'share.currency_id',
          weight: 'share.weight',
          weightTotal: 'share.weight_total',
        })
        .select(...this.#amount('effective'));
      found.push(
        ...rows.map(({ from, fromRef, units, nanos, ...row }) => ({
          ...row,
          partner: partnerOf(from, fromRef),
          effective: BigInt(units) * NANOS + BigInt(nanos),
        })),
      );
    }
    return found;
  }

  #live(): Knex.QueryBuilder {
    return this.#knex('cost_partition as live')
      .join('source', 'source.id', 'live.source_id')
      .join(
        'entity_share_monthly as share',
        'share.generation_id',
        'live.entity_generation',
      )
      .whereNull('source.retired_at');
  }

  #amount(basis: CostBasis): Knex.Raw[] {
    return [
      this.#knex.raw(`cast(sum(share.${basis} / ${NANOS}) as text) as units`),
      this.#knex.raw(`cast(sum(share.${basis} % ${NANOS}) as text) as nanos`),
    ];
  }
}

function toSharedCost(
  row: ShareRecord,
  self: number,
  stored: StoredRule | undefined,
): SharedCost {
  const { month, currency, state, weight, weightTotal } = row;
  const kept = row.entity === row.from;
  const received = row.entity === self;
  return {
    direction: kept ? 'kept' : directionOf(received),
    month,
    currency,
    amount: nanosToDecimal(BigInt(row.units) * NANOS + BigInt(row.nanos)),
    ...(!kept && {
      partner: received
        ? partnerOf(row.from, row.fromRef)
        : partnerOf(row.entity, row.ref),
    }),
    ...(stored && { rule: describeRule(stored) }),
    ...(weightTotal !== '0' &&
      (state === 'shared' || state === 'kept' || state === 'consumer-gone') && {
        weight: { part: weight, of: weightTotal },
      }),
    ...(kept && {
      why: state === 'kept' || state === 'shared' ? 'listed' : state,
    }),
  };
}

function directionOf(received: boolean): 'received' | 'given' {
  return received ? 'received' : 'given';
}
