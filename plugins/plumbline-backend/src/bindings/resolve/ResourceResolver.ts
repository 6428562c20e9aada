import type { BindingTarget } from '@plumbline/backstage-plugin-plumbline-common';
import { dayOfInstant, type PlumblineDatabase } from '../../database';
import type { BindingsConfig } from '../BindingsConfig';
import { EnvironmentStore } from '../EnvironmentStore';
import type { RenewLease } from '../Lease';
import { allocationChange } from './allocationChange';
import { AllocationTable } from './AllocationTable';
import {
  BindingTable,
  differs,
  type BindingWrite,
  type OpenBinding,
} from './BindingTable';
import type { ClaimIndex } from './ClaimIndex';
import { decideResource } from './decideResource';
import { parseTags } from './tags';
import type { KnownResource } from './types';

/** Resources looked at, and written, in one go. */
const PAGE = 1_000;

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

  async resolve(
    index: ClaimIndex,
    now: Date,
    renew: RenewLease,
  ): Promise<void> {
    let last = 0;
    for (;;) {
      await renew();
      const page = await this.#page(last);
      if (page.length === 0) {
        return;
      }
      last = page[page.length - 1].id;
      page.forEach(({ accountId }) => index.noteAccount(accountId));
      await this.#resolvePage(page, index, now);
      await this.#database.breathe();
    }
  }

  async #resolvePage(page: KnownResource[], index: ClaimIndex, now: Date) {
    const range = [page[0].id, page[page.length - 1].id] as const;
    const open = byResource(await this.#bindings.openOfResources(...range));
    const allocated = await this.#allocation.ofResources(...range);
    const decisions = page.map(resource => ({
      resource,
      stored: open.get(resource.id) ?? [],
      rows: allocated.get(resource.id) ?? [],
      decision: decideResource(resource, index, this.#config, entityId =>
        boundSince(open.get(resource.id), entityId),
      ),
    }));
    const idOf = await this.#environments.ensure(
      decisions.map(({ decision }) => decision.environment),
    );
    const closed: number[] = [];
    const written: BindingWrite[] = [];
    const changes = decisions.flatMap(
      ({ resource, stored, rows, decision }) => {
        const environmentId = idOf(decision.environment);
        const wanted = decision.bindings.map(
          (binding, position): BindingWrite => {
            const before = stored.find(
              ({ entityId }) => entityId === binding.entityId,
            );
            return {
              ...binding,
              id: before?.id,
              resourceId: resource.id,
              target: targetOf(resource),
              environmentId,
              validFrom:
                before || (position === 0 && rows.length === 0)
                  ? before?.validFrom
                  : now,
            };
          },
        );
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
        const winner = decision.bindings.at(0);
        return (
          allocationChange(
            resource.id,
            rows,
            winner && { entityId: winner.entityId, environmentId },
            dayOfInstant(now),
          ) ?? []
        );
      },
    );
    if (closed.length + written.length + changes.length > 0) {
      await this.#database.knex.transaction(async trx => {
        await this.#bindings.close(trx, closed, now);
        await this.#bindings.write(trx, written);
        await this.#allocation.apply(trx, changes);
      });
    }
  }

  async #page(after: number): Promise<KnownResource[]> {
    const rows: {
      id: number;
      provider: string;
      account: string;
      native_id: string;
      name: string | null;
      type: string | null;
      region: string | null;
      tags: string;
    }[] = await this.#database
      .knex('resource')
      .join('account', 'account.id', 'resource.account_id')
      .where('resource.id', '>', after)
      .orderBy('resource.id')
      .limit(PAGE)
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

function byResource(bindings: OpenBinding[]): Map<number, OpenBinding[]> {
  const found = new Map<number, OpenBinding[]>();
  for (const binding of bindings) {
    const id = binding.resourceId as number;
    found.set(id, [...(found.get(id) ?? []), binding]);
  }
  return found;
}

function boundSince(
  stored: OpenBinding[] | undefined,
  entityId: number,
): number {
  const binding = stored?.find(candidate => candidate.entityId === entityId);
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
