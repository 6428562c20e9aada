import { createHash } from 'node:crypto';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import type {
  BilledResource,
  BilledService,
} from '@plumbline/backstage-plugin-plumbline-node';
import {
  endDayOfMonth,
  firstDayOfMonth,
  instantOfDay,
  MAX_BATCH,
  type PlumblineDatabase,
  type RecordColumn,
} from '../../database';

const RESOURCE_COLUMNS: RecordColumn[] = [
  { name: 'account_id', type: 'integer' },
  ...['resource_key', 'native_id', 'name', 'type', 'region', 'tags'].map(
    name => ({ name, type: 'text' as const }),
  ),
  { name: 'first_seen_at', type: 'instant' },
  { name: 'last_seen_at', type: 'instant' },
  { name: 'known_from', type: 'instant' },
];

/** A field of the newer line wins; an empty one doesn't. */
const newest = (column: string) =>
  `${column} = case when excluded.last_seen_at >= resource.last_seen_at
     then coalesce(excluded.${column}, resource.${column}) else resource.${column} end`;

const UPSERT_RESOURCE = `on conflict (resource_key) do update set
  ${['name', 'type', 'region', 'tags'].map(newest).join(', ')},
  account_id = case when excluded.last_seen_at >= resource.last_seen_at
    then excluded.account_id else resource.account_id end,
  first_seen_at = case when excluded.first_seen_at < resource.first_seen_at
    then excluded.first_seen_at else resource.first_seen_at end,
  last_seen_at = case when excluded.last_seen_at > resource.last_seen_at
    then excluded.last_seen_at else resource.last_seen_at end
  returning id, resource_key`;

/**
 * A resource's identity: ids are unique within a provider only; charges without one belong to their account.
 *
 * @internal
 */
export function resourceKey(
  resource: Pick<BilledResource, 'provider' | 'accountId' | 'resourceId'>,
): string {
  const parts = [resource.provider, resource.resourceId];
  if (!resource.resourceId) {
    parts.push(resource.accountId);
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The rows of the dimension tables, made where they are missing; each is looked up once a slice. @internal */
export class DimensionStore {
  static create(options: { database: PlumblineDatabase }): DimensionStore {
    return new DimensionStore(options.database);
  }

  private readonly resources = new Map<
    string,
    { id: number; content: string; seenAt: Date; saved: boolean }
  >();
  private readonly accounts = new Map<string, number>();
  private readonly services = new Map<string, number>();
  private readonly currencies = new Map<string, number>();
  private readonly chargeKinds = new Map<string, number>();

  private constructor(private readonly database: PlumblineDatabase) {}

  /**
   * Ids of resources, in their order, with what the lines of that month say of them. One that says the same as
   * in the partition before is not written again; see {@link DimensionStore.saveLastSeen}.
   */
  async resourceIds(
    resources: readonly BilledResource[],
    month: Month,
    now: Date,
  ): Promise<number[]> {
    const accountIds = await this.accountIds(resources);
    const monthEnd = instantOfDay(endDayOfMonth(month));
    const seenAt = monthEnd < now ? monthEnd : now;
    const keys = resources.map(resourceKey);
    const changed = new Map<string, Record<string, unknown>>();
    const contents = resources.map((resource, index) => {
      const record = {
        account_id: accountIds[index],
        resource_key: keys[index],
        native_id: resource.resourceId,
        name: resource.name || undefined,
        type: resource.type || undefined,
        region: resource.region || undefined,
        tags: JSON.stringify(resource.tags),
      };
      const content = JSON.stringify(record);
      const known = this.resources.get(keys[index]);
      if (known?.content === content && known.seenAt <= seenAt) {
        known.seenAt = seenAt;
        known.saved = false;
      } else {
        changed.set(keys[index], {
          ...record,
          first_seen_at: instantOfDay(firstDayOfMonth(month)),
          last_seen_at: seenAt,
          known_from: now,
        });
      }
      return content;
    });
    const rows = await this.database.insertRecords(
      'resource',
      RESOURCE_COLUMNS,
      [...changed.values()],
      UPSERT_RESOURCE,
    );
    const ids = new Map(
      rows.map(row => [String(row.resource_key), Number(row.id)]),
    );
    return keys.map((key, index) => {
      const id = ids.get(key);
      if (id !== undefined) {
        const content = contents[index];
        this.resources.set(key, { id, content, seenAt, saved: true });
      }
      return this.resources.get(key)!.id;
    });
  }

  /** Writes when resources were last seen that otherwise are as they were. */
  async saveLastSeen(): Promise<void> {
    const bySeen = new Map<number, number[]>();
    for (const resource of this.resources.values()) {
      if (!resource.saved) {
        resource.saved = true;
        const seenAt = resource.seenAt.getTime();
        const ids = bySeen.get(seenAt) ?? [];
        ids.push(resource.id);
        bySeen.set(seenAt, ids);
      }
    }
    for (const [seenAt, ids] of bySeen) {
      for (let start = 0; start < ids.length; start += MAX_BATCH) {
        await this.database
          .knex('resource')
          .whereIn('id', ids.slice(start, start + MAX_BATCH))
          .where('last_seen_at', '<', new Date(seenAt))
          .update({ last_seen_at: new Date(seenAt) });
        await this.database.breathe();
      }
    }
  }

  /** Ids of services, in their order. */
  async serviceIds(services: readonly BilledService[]): Promise<number[]> {
    return this.idsOf({
      cache: this.services,
      table: 'service',
      key: ['provider', 'name'],
      update: 'category = coalesce(excluded.category, service.category)',
      records: services.map(service => ({
        provider: service.provider,
        name: service.name,
        category: service.category || undefined,
      })),
    });
  }

  async currencyId(code: string): Promise<number> {
    const [id] = await this.idsOf({
      cache: this.currencies,
      table: 'currency',
      key: ['code'],
      update: 'code = excluded.code',
      records: [{ code }],
    });
    return id;
  }

  async chargeKindId(
    category: string,
    correction: boolean,
    commitment: string,
  ): Promise<number> {
    const cacheKey = `${category}\0${correction}\0${commitment}`;
    const known = this.chargeKinds.get(cacheKey);
    if (known !== undefined) {
      return known;
    }
    const [row] = await this.database
      .knex('charge_kind')
      .insert({ category, correction, commitment })
      .onConflict(['category', 'correction', 'commitment'])
      .merge(['category'])
      .returning('id');
    this.chargeKinds.set(cacheKey, row.id);
    return row.id;
  }

  private async accountIds(
    resources: readonly BilledResource[],
  ): Promise<number[]> {
    return this.idsOf({
      cache: this.accounts,
      table: 'account',
      key: ['provider', 'native_id'],
      update: 'name = coalesce(excluded.name, account.name)',
      records: resources.map(resource => ({
        provider: resource.provider,
        native_id: resource.accountId,
        name: resource.accountName || undefined,
      })),
    });
  }

  private async idsOf(options: {
    cache: Map<string, number>;
    table: string;
    key: readonly string[];
    update: string;
    records: readonly Readonly<Record<string, string | undefined>>[];
  }): Promise<number[]> {
    const { cache, table, key, update, records } = options;
    const keyOf = (record: Readonly<Record<string, unknown>>) =>
      key.map(column => record[column]).join('\0');
    const missing = new Map(
      records
        .filter(record => !cache.has(keyOf(record)))
        .map(record => [keyOf(record), record]),
    );
    if (missing.size > 0) {
      const rows = await this.database.insertRecords(
        table,
        Object.keys(records[0]).map(name => ({ name, type: 'text' as const })),
        [...missing.values()],
        `on conflict (${key.join(', ')}) do update set ${update}
         returning id, ${key.join(', ')}`,
      );
      for (const row of rows) {
        cache.set(keyOf(row), Number(row.id));
      }
    }
    return records.map(record => cache.get(keyOf(record))!);
  }
}
