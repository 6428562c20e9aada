import type { PlumblineDatabase } from '../../database';
import { isWithin } from '../repositories/paths';
import { repositoryKey } from '../repositories/RepositoryLocator';
import { cloudIdHash } from '../states/cloudIds';
import { IacStateStore, type StateAddress } from '../states/IacStateStore';
import type { ConfiguredState } from '../states/StatesConfig';
import type { Match, SuggestableEntity, UnclaimedResource } from './types';

interface StateOwner {
  entityId: number;
  /** The end of a sentence about the state. */
  reason: string;
}

/**
 * Finds entities whose state file manages a resource: those that the operator named, or for which the place of
 * the state's code is confirmed.
 *
 * @internal
 */
export class StateIndex {
  readonly #store: IacStateStore;
  readonly #owners: ReadonlyMap<string, StateOwner[]>;

  private constructor(
    store: IacStateStore,
    owners: ReadonlyMap<string, StateOwner[]>,
  ) {
    this.#store = store;
    this.#owners = owners;
  }

  static async load(
    database: PlumblineDatabase,
    states: readonly ConfiguredState[],
    entities: readonly SuggestableEntity[],
  ): Promise<StateIndex> {
    const proven = await provenPlaces(database);
    return new StateIndex(
      IacStateStore.create({ database }),
      new Map(
        states.map(state => [state.name, ownersOf(state, entities, proven)]),
      ),
    );
  }

  /** Matches of a page of resources, by resource. */
  async find(
    resources: readonly UnclaimedResource[],
  ): Promise<ReadonlyMap<number, Match[]>> {
    const hashes = new Map(
      resources.map(({ id, nativeId }) => [id, cloudIdHash(nativeId)]),
    );
    const found =
      this.#owners.size > 0
        ? await this.#store.find([...new Set(hashes.values())])
        : new Map<string, StateAddress[]>();
    return new Map(
      [...hashes].map(([id, hash]) => [
        id,
        this.#matchesOf(found.get(hash) ?? []),
      ]),
    );
  }

  #matchesOf(addresses: readonly StateAddress[]): Match[] {
    const matches = new Map<number, Match>();
    for (const { state, address } of addresses) {
      for (const { entityId, reason } of this.#owners.get(state) ?? []) {
        if (!matches.has(entityId)) {
          matches.set(entityId, {
            entityId,
            reason: `The state ${state} manages it as ${address}, and ${reason}.`,
          });
        }
      }
    }
    return [...matches.values()];
  }
}

interface ProvenPlace {
  entityId: number;
  /** {@link repositoryKey} */
  repository: string;
  path: string;
}

function ownersOf(
  { of }: ConfiguredState,
  entities: readonly SuggestableEntity[],
  proven: readonly ProvenPlace[],
): StateOwner[] {
  if ('entity' in of) {
    return entities
      .filter(({ ref }) => ref === of.entity)
      .map(({ id }) => ({
        entityId: id,
        reason: 'the operator says that this state is the entity’s',
      }));
  }
  const covering = proven.filter(
    place =>
      place.repository === repositoryKey(of) && isWithin(of.path, place.path),
  );
  const nearest = Math.max(...covering.map(({ path }) => path.length));
  return covering
    .filter(({ path }) => path.length === nearest)
    .map(({ entityId }) => ({
      entityId,
      reason: `its code, in ${of.path || 'the root'} of ${
        of.repository
      }, is confirmed as this entity’s`,
    }));
}

async function provenPlaces(
  database: PlumblineDatabase,
): Promise<ProvenPlace[]> {
  const rows: { entity_id: number; target: string }[] = await database
    .knex('binding')
    .join('entity', 'entity.id', 'binding.entity_id')
    .where({ target_kind: 'repository', proof: 'proven' })
    .whereNull('valid_to')
    .whereNull('entity.removed_at')
    .orderBy('binding.id')
    .select('binding.entity_id', 'binding.target');
  return rows.map(row => {
    const target: { host: string; repository: string; path: string } =
      JSON.parse(row.target);
    return {
      entityId: row.entity_id,
      repository: repositoryKey(target),
      path: target.path,
    };
  });
}
