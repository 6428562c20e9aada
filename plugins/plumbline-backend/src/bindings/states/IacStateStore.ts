import type { IacStateStatus } from '@plumbline/backstage-plugin-plumbline-common';
import {
  instantFromDatabase,
  MAX_BATCH,
  type PlumblineDatabase,
} from '../../database';
import { plainText } from '../plainText';
import { cloudIdHash } from './cloudIds';
import type { StateResource } from './parseState';

/** What is known of one state file. */
export interface KnownState {
  etag?: string;
  problem?: string;
  readAt: Date;
}

/** Where a state manages a resource. */
export interface StateAddress {
  state: string;
  address: string;
}

/**
 * What the state files last said.
 *
 * @internal
 */
export class IacStateStore {
  readonly #database: PlumblineDatabase;

  static create(options: { database: PlumblineDatabase }): IacStateStore {
    return new IacStateStore(options.database);
  }

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  /** By name. */
  async list(): Promise<Map<string, KnownState>> {
    const rows = await this.#database.knex('iac_state');
    return new Map(
      rows.map(row => [
        row.name,
        {
          etag: row.etag ?? undefined,
          problem: row.problem ?? undefined,
          readAt: instantFromDatabase(row.read_at) ?? new Date(0),
        },
      ]),
    );
  }

  async getStatuses(): Promise<IacStateStatus[]> {
    const rows = await this.#database.knex('iac_state').orderBy('name');
    return rows.map(row => ({
      name: row.name,
      resources: Number(row.resources),
      readAt: instantFromDatabase(row.read_at)!.toISOString(),
      ...(row.problem && { problem: row.problem }),
    }));
  }

  /** Notes how a reading went; with resources, they are all that the state has. */
  async put(
    name: string,
    state: KnownState,
    resources?: readonly StateResource[],
  ): Promise<void> {
    const { knex } = this.#database;
    const rows = resources && rowsOf(name, resources);
    await knex.transaction(async trx => {
      await trx('iac_state')
        .insert({
          name,
          etag: state.etag ?? null,
          problem: state.problem ? plainText(state.problem, 1_000) : null,
          read_at: state.readAt,
          ...(rows && { resources: rows.length }),
        })
        .onConflict('name')
        .merge();
      if (rows) {
        await trx('iac_state_resource').where({ state: name }).delete();
        for (let start = 0; start < rows.length; start += MAX_BATCH) {
          await this.#database.dialect.insertRecords(
            trx,
            'iac_state_resource',
            [
              { name: 'state', type: 'text' },
              { name: 'id_hash', type: 'text' },
              { name: 'address', type: 'text' },
              { name: 'type', type: 'text' },
            ],
            rows.slice(start, start + MAX_BATCH),
            '',
          );
        }
      }
    });
  }

  /** Forgets states that are no longer configured. */
  async keepOnly(names: readonly string[]): Promise<void> {
    const { knex } = this.#database;
    await knex('iac_state_resource').whereNotIn('state', names).delete();
    await knex('iac_state').whereNotIn('name', names).delete();
  }

  /** Where states manage things with these ids, by {@link cloudIdHash}. */
  async find(
    hashes: readonly string[],
  ): Promise<ReadonlyMap<string, StateAddress[]>> {
    const rows: { id_hash: string; state: string; address: string }[] =
      await this.#database
        .knex('iac_state_resource')
        .whereIn('id_hash', hashes)
        .orderBy(['state', 'address'])
        .select('id_hash', 'state', 'address');
    const found = new Map<string, StateAddress[]>();
    for (const { id_hash: hash, state, address } of rows) {
      found.set(hash, [...(found.get(hash) ?? []), { state, address }]);
    }
    return found;
  }
}

function rowsOf(state: string, resources: readonly StateResource[]) {
  const rows = new Map(
    resources.map(({ id, address, type }) => {
      const hash = cloudIdHash(id);
      return [
        hash,
        {
          state,
          id_hash: hash,
          address: plainText(address, 1_000),
          type: plainText(type, 128),
        },
      ];
    }),
  );
  return [...rows.values()];
}
