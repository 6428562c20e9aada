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
  type PlumblineDatabase,
} from '../../database';

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

  private readonly accounts = new Map<string, number>();
  private readonly services = new Map<string, number>();
  private readonly currencies = new Map<string, number>();
  private readonly chargeKinds = new Map<string, number>();

  private constructor(private readonly database: PlumblineDatabase) {}

  /** Ids of resources, in their order, with what the lines of that month say of them. */
  async resourceIds(
    resources: readonly BilledResource[],
    month: Month,
    now: Date,
  ): Promise<number[]> {
    const accountIds = await this.accountIds(resources);
    const monthEnd = instantOfDay(endDayOfMonth(month));
    const keys = resources.map(resourceKey);
    const records = new Map(
      resources.map((resource, index) => [
        keys[index],
        {
          account_id: accountIds[index],
          resource_key: keys[index],
          native_id: resource.resourceId,
          name: resource.name || undefined,
          type: resource.type || undefined,
          region: resource.region || undefined,
          tags: JSON.stringify(resource.tags),
          first_seen_at: instantOfDay(firstDayOfMonth(month)),
          last_seen_at: monthEnd < now ? monthEnd : now,
        },
      ]),
    );
    const rows = await this.database.insertRecords(
      'resource',
      [
        { name: 'account_id', type: 'integer' },
        { name: 'resource_key', type: 'text' },
        { name: 'native_id', type: 'text' },
        { name: 'name', type: 'text' },
        { name: 'type', type: 'text' },
        { name: 'region', type: 'text' },
        { name: 'tags', type: 'text' },
        { name: 'first_seen_at', type: 'instant' },
        { name: 'last_seen_at', type: 'instant' },
      ],
      [...records.values()],
      UPSERT_RESOURCE,
    );
    const ids = new Map(
      rows.map(row => [String(row.resource_key), Number(row.id)]),
    );
    return keys.map(key => ids.get(key)!);
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
