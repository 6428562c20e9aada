import type {
  CostBasis,
  EntityRef,
  SharedCost,
  SharePartner,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { Knex } from 'knex';
import type { PlumblineDatabase } from '../../database';
import { partnerOf } from './describeShare';
import { WindowShares, type WindowSharesSelection } from './WindowShares';

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

interface ReceivedRecord {
  entity: number;
  from: number;
  fromRef: EntityRef;
  month: string;
  environment: number;
  currency: number;
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
  readonly #window: WindowShares;

  static create(options: { database: PlumblineDatabase }): ShareStore {
    return new ShareStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#knex = database.knex;
    this.#window = WindowShares.create({ database });
  }

  /** See {@link WindowShares}. */
  async getShares(selection: WindowSharesSelection): Promise<SharedCost[]> {
    return this.#window.read(selection);
  }

  /** What each entity bears of others' cost in some months. */
  async listReceived(
    entityIds: readonly number[],
    months: readonly string[],
  ): Promise<ReceivedShare[]> {
    const found: ReceivedShare[] = [];
    for (let start = 0; start < entityIds.length; start += CHUNK) {
      const rows: ReceivedRecord[] = await this.#live()
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
