import type { Knex } from 'knex';
import type { BindingTarget } from '@plumbline/backstage-plugin-plumbline-common';
import { dayOfInstant, type PlumblineDatabase } from '../../database';
import type { BindingsConfig } from '../BindingsConfig';
import { EnvironmentStore } from '../EnvironmentStore';
import type { RenewLock } from '../ResolverLock';
import {
  allocationChange,
  FIRST_DAY,
  type Allocated,
  type AllocationRow,
} from './allocationChange';
import { AllocationTable } from './AllocationTable';
import {
  BindingTable,
  differs,
  type BindingWrite,
  type OpenBinding,
} from './BindingTable';
import type { ClaimIndex } from './ClaimIndex';
import { decideResource } from './decideResource';
import { FunctionOwners, isFunctionLog } from './FunctionOwners';
import { RANK } from './rank';
import { parseTags } from './tags';
import type { Candidate, KnownResource } from './types';

/** Resources looked at, and written, in one go. */
const PAGE = 1_000;
const DAY_MS = 86_400_000;

interface Pass {
  index: ClaimIndex;
  functions: FunctionOwners;
  now: Date;
}

/**
 * Gives every known resource to its entity: walks through the resources once, page by page, and writes what is
 * other than before.
 *
 * @internal
 */
export class ResourceResolver {
  readonly #database: PlumblineDatabase;
  readonly #config: BindingsConfig;
  readonly #bindings: BindingTable;
  readonly #allocation: AllocationTable;
  readonly #environments: EnvironmentStore;

  static create(options: {
    database: PlumblineDatabase;
    config: BindingsConfig;
  }): ResourceResolver {
    return new ResourceResolver(options);
  }

  private constructor(options: {
    database: PlumblineDatabase;
    config: BindingsConfig;
  }) {
    this.#database = options.database;
    this.#config = options.config;
    this.#bindings = BindingTable.create(options);
    this.#allocation = AllocationTable.create(options);
    this.#environments = EnvironmentStore.create(options);
  }

  async resolve(index: ClaimIndex, now: Date, renew: RenewLock): Promise<void> {
    const functions = FunctionOwners.create({ index, config: this.#config });
    const pass = { index, functions, now };
    const waiting: number[] = [];
    let last = 0;
    for (;;) {
      await renew();
      const page = await this.#pageAfter(last);
      if (page.length === 0) {
        break;
      }
      last = page[page.length - 1].id;
      page.forEach(({ accountId }) => index.noteAccount(accountId));
      const [logs, others] = split(page, isFunctionLog);
      logs.forEach(({ id }) => waiting.push(id));
      await this.#resolvePage(others, pass);
      await this.#database.breathe();
    }
    // By now all functions are known, wherever they came in the order.
    for (let start = 0; start < waiting.length; start += PAGE) {
      await renew();
      const ids = waiting.slice(start, start + PAGE);
      const page = await this.#page(query => query.whereIn('resource.id', ids));
      await this.#resolvePage(page, pass);
      await this.#database.breathe();
    }
  }

  async #resolvePage(page: KnownResource[], pass: Pass) {
    const { index, functions, now } = pass;
    const ids = page.map(({ id }) => id);
    const open = byResource(await this.#bindings.openOfResources(ids));
    const allocated = await this.#allocation.ofResources(ids);
    const decisions = page.map(resource => {
      const stored = open.get(resource.id) ?? [];
      const since = (entityId: number) => boundSince(stored, entityId);
      const decision = decideResource(resource, {
        index,
        config: this.#config,
        boundSince: since,
        follows: functions.ofLogGroup(resource, since),
      });
      functions.note(resource, decision);
      return {
        resource,
        stored,
        rows: allocated.get(resource.id) ?? [],
        decision,
      };
    });
    const idOf = await this.#environments.ensure(
      decisions.map(({ decision }) => decision.environment),
    );
    const closed: number[] = [];
    const written: BindingWrite[] = [];
    const changes = decisions.flatMap(
      ({ resource, stored, rows, decision }) => {
        const environmentId = idOf(decision.environment);
        const change = allocationChange(
          resource.id,
          rows,
          decision.owner && allocatedTo(decision.owner, environmentId),
          dayOfInstant(now),
        );
        const wanted = decision.bindings.map((binding): BindingWrite => {
          const before = stored.find(
            ({ entityId }) => entityId === binding.entityId,
          );
          return {
            ...binding,
            id: before?.id,
            resourceId: resource.id,
            target: targetOf(resource),
            environmentId,
            validFrom: before
              ? before.validFrom
              : beginning(binding.entityId, change?.insert, now),
          };
        });
        const kept = new Map(wanted.map(binding => [binding.id, binding]));
        closed.push(
          ...stored.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
        );
        written.push(
          ...wanted.filter(binding => {
            const before = stored.find(({ id }) => id === binding.id);
            return !before || differs(before, binding);
          }),
        );
        return change ?? [];
      },
    );
    if (closed.length + written.length + changes.length > 0) {
      await this.#database.knex.transaction(async trx => {
        await this.#bindings.close(trx, closed, now);
        await this.#bindings.write(trx, written);
        await this.#allocation.apply(trx, changes, now);
      });
    }
  }

  async #pageAfter(id: number): Promise<KnownResource[]> {
    return this.#page(query => query.where('resource.id', '>', id).limit(PAGE));
  }

  async #page(
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<KnownResource[]> {
    const rows: {
      id: number;
      provider: string;
      account: string;
      native_id: string;
      name: string | null;
      type: string | null;
      region: string | null;
      tags: string;
    }[] = await narrow(this.#database.knex('resource'))
      .join('account', 'account.id', 'resource.account_id')
      .orderBy('resource.id')
      .select(
        'resource.id',
        'account.provider',
        'account.native_id as account',
        'resource.native_id',
        'resource.name',
        'resource.type',
        'resource.region',
        'resource.tags',
      );
    return rows.map(row => ({
      id: row.id,
      provider: row.provider,
      accountId: row.account,
      nativeId: row.native_id,
      name: row.name ?? undefined,
      type: row.type ?? undefined,
      region: row.region ?? undefined,
      tags: parseTags(row.tags),
    }));
  }
}

function split<T>(
  items: readonly T[],
  isFirst: (item: T) => boolean,
): [T[], T[]] {
  return [items.filter(isFirst), items.filter(item => !isFirst(item))];
}

function allocatedTo(owner: Candidate, environmentId: number): Allocated {
  return {
    entityId: owner.entity.id,
    environmentId,
    matchedBy: owner.rank === RANK.mappedAccount ? 'account' : owner.matchedBy,
  };
}

/** When a new binding began: the owner's with the days it has, anybody else's now. */
function beginning(
  entityId: number,
  allocated: AllocationRow | undefined,
  now: Date,
): Date | undefined {
  if (
    allocated?.entityId !== entityId ||
    allocated.fromDay >= dayOfInstant(now)
  ) {
    return now;
  }
  return allocated.fromDay === FIRST_DAY
    ? undefined
    : new Date(allocated.fromDay * DAY_MS);
}

function byResource(bindings: OpenBinding[]): Map<number, OpenBinding[]> {
  const found = new Map<number, OpenBinding[]>();
  for (const binding of bindings) {
    const id = binding.resourceId as number;
    found.set(id, [...(found.get(id) ?? []), binding]);
  }
  return found;
}

function boundSince(stored: readonly OpenBinding[], entityId: number): number {
  const binding = stored.find(candidate => candidate.entityId === entityId);
  if (!binding) {
    return Infinity;
  }
  return binding.validFrom?.getTime() ?? -Infinity;
}

function targetOf(resource: KnownResource): BindingTarget {
  return {
    kind: 'resource',
    provider: resource.provider,
    accountId: resource.accountId || undefined,
    region: resource.region,
    type: resource.type,
    id: resource.nativeId,
    name: resource.name,
  };
}
