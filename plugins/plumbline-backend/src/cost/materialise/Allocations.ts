import {
  everAllocated,
  knownAt,
  MAX_BATCH,
  SHARED_ENTITY_ID,
  UNALLOCATED_ENTITY_ID,
  type PlumblineDatabase,
} from '../../database';

/**
 * Charges that belong to all unless they name a resource of somebody's: nobody could be found by looking harder,
 * and having an account is no reason to be paid its credits.
 */
const SHARED_CATEGORIES = [
  'Tax',
  'Credit',
  'Adjustment',
  'Purchase',
  'Rounding',
];

/** A query for the kinds of charges that whoever merely has the rest of an account does not get. @internal */
export const SHARED_KINDS = `select id from charge_kind where commitment = 'Unused' or category in (${SHARED_CATEGORIES.map(
  category => `'${category}'`,
).join(', ')})`;

/** Days for which a resource belongs to an entity. @internal */
export interface Allocation {
  fromDay: number;
  /** Exclusive. */
  toDay: number;
  entity: number;
  environment: number;
  /** It came with the rest of an account, not by the resource's own id, name or tags. */
  restOfAccount: boolean;
}

/**
 * Whose some resources are, from day to day.
 *
 * @internal
 */
export class Allocations {
  /** @param options - `knownAt`: as it was known then; the present one where absent */
  static async load(
    database: PlumblineDatabase,
    resources: readonly number[],
    options: { knownAt?: Date } = {},
  ): Promise<Allocations> {
    const unknown = await database
      .knex('environment')
      .where({ name: 'unknown' })
      .first('id');
    const kinds = await database.query(SHARED_KINDS);
    return new Allocations(
      await allocationsOf(database, resources, options.knownAt),
      new Set(kinds.map(({ id }) => Number(id))),
      unknown.id,
    );
  }

  /**
   * @param byResource - by days, in their order
   * @param sharedKinds - kinds of charges that whoever merely has the rest of an account does not get
   */
  static of(
    byResource: ReadonlyMap<number, readonly Allocation[]>,
    sharedKinds: ReadonlySet<number>,
    unknownEnvironment: number,
  ): Allocations {
    return new Allocations(byResource, sharedKinds, unknownEnvironment);
  }

  private constructor(
    private readonly byResource: ReadonlyMap<number, readonly Allocation[]>,
    private readonly sharedKinds: ReadonlySet<number>,
    /** Environment of what is allocated to no entity. */
    readonly unknownEnvironment: number,
  ) {}

  /** Whether two allocations of a resource hold for the same day, so that it would count twice. */
  get overlap(): boolean {
    return [...this.byResource.values()].some(allocations =>
      allocations.some(
        ({ fromDay }, index) =>
          index > 0 && fromDay < allocations[index - 1].toDay,
      ),
    );
  }

  /** The allocation that a charge of a resource falls to on a day. */
  find(
    resource: number,
    day: number,
    chargeKind: number,
  ): Allocation | undefined {
    const allocations = this.byResource.get(resource);
    if (allocations === undefined) {
      return undefined;
    }
    for (const allocation of allocations) {
      if (allocation.fromDay <= day && day < allocation.toDay) {
        return allocation.restOfAccount && this.sharedKinds.has(chargeKind)
          ? undefined
          : allocation;
      }
    }
    return undefined;
  }

  /** The entity each resource belongs to at last; 0 where it belongs to none. */
  lastEntity(resource: number): number {
    return this.byResource.get(resource)?.at(-1)?.entity ?? 0;
  }

  /** What stands for the entity of a row that is allocated to none. */
  bucket(chargeKind: number): number {
    return this.sharedKinds.has(chargeKind)
      ? SHARED_ENTITY_ID
      : UNALLOCATED_ENTITY_ID;
  }
}

async function allocationsOf(
  database: PlumblineDatabase,
  resources: readonly number[],
  instant: Date | undefined,
): Promise<Map<number, Allocation[]>> {
  const found = new Map<number, Allocation[]>();
  for (let start = 0; start < resources.length; start += MAX_BATCH) {
    const some = `resource_id in (${resources
      .slice(start, start + MAX_BATCH)
      .join(', ')})`;
    const rows = await (instant
      ? database.query(
          `select allocation.* from (select cast(? as timestamptz) as at) as closing
           cross join (${everAllocated(some)}) as allocation
           join resource on resource.id = allocation.resource_id
           join entity on entity.id = allocation.entity_id
           where ${knownAt('closing.at')}
           order by allocation.resource_id, allocation.from_day`,
          [instant],
        )
      : database.query(
          `select allocation.* from allocation join entity on entity.id = allocation.entity_id
           where entity.removed_at is null and allocation.${some}
           order by allocation.resource_id, allocation.from_day`,
        ));
    for (const row of rows) {
      const id = Number(row.resource_id);
      const allocations = found.get(id) ?? [];
      allocations.push({
        fromDay: Number(row.from_day),
        toDay: Number(row.to_day),
        entity: Number(row.entity_id),
        environment: Number(row.environment_id),
        restOfAccount: row.matched_by === 'account',
      });
      found.set(id, allocations);
    }
    await database.breathe();
  }
  return found;
}
