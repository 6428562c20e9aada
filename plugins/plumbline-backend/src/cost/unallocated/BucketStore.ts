import type { UnallocatedGroupBy } from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import { compare } from '../series';
import {
  CATEGORY_SQL,
  chargeConditions,
  plainTagKey,
  resourceConditions,
  tagSql,
} from './bucketFilters';
import {
  detailSql,
  orderSql,
  overallSql,
  readSum,
  sumsSql,
  textSql,
  windowNames,
} from './bucketSql';
import type { BucketWindows, Sql } from './bucketSql';
import type { BucketFilter, BucketSelection } from './UnallocatedService';

/** A selection with its bucket and its currency by key. @internal */
export interface StoredSelection extends Pick<BucketSelection, 'basis'> {
  bucketId: number;
  currencyId: number;
  windows: BucketWindows;
  filter: BucketFilter;
}

/** The currency matters to sums alone. */
type DetailSelection = Omit<StoredSelection, 'currencyId'> &
  Partial<Pick<StoredSelection, 'currencyId'>>;

/** Sums in nanos. @internal */
export interface BucketSums {
  total: bigint;
  /** Of the days that are complete, and of as many before them. */
  complete: bigint;
  before: bigint;
  /** How many resources have a charge in the window. */
  resources: number;
}

/** @internal */
export interface BucketGroup extends BucketSums {
  /** Undefined for what lacks what it is grouped by. */
  key: string | undefined;
}

/** What groups are told apart by. */
const KEYS: Record<Exclude<UnallocatedGroupBy, 'tag'>, string> = {
  account: 'account.native_id',
  service: 'service.name',
  category: CATEGORY_SQL,
  resource: 'resource.id',
};

const JOIN_RESOURCE = `join resource on resource.id = detail.resource_id
        join account on account.id = resource.account_id`;

/**
 * Reads what a bucket consists of. One statement reads whole generations, even while another becomes live.
 *
 * @internal
 */
export class BucketStore {
  readonly #database: PlumblineDatabase;

  private constructor(database: PlumblineDatabase) {
    this.#database = database;
  }

  static create(options: { database: PlumblineDatabase }): BucketStore {
    return new BucketStore(options.database);
  }

  /** What the filters leave. */
  async sum(selection: StoredSelection): Promise<BucketSums> {
    const names = windowNames(selection.windows);
    const from = this.#fromResources(selection);
    const [row] = await this.#database.query(
      `select ${textSql(names)}, resources
       from (select ${sumsSql(names)}, sum(present) as resources from ${
        from.sql
      }) summed`,
      from.bindings,
    );
    return sumsOf(row, selection);
  }

  /** What the filters leave, and the same by groups: the most costly first, and how many there are. */
  async group(
    selection: StoredSelection,
    by: { groupBy: UnallocatedGroupBy; tagKey?: string },
    page: { offset: number; limit: number },
  ): Promise<{ groups: BucketGroup[]; count: number; sums: BucketSums }> {
    const names = windowNames(selection.windows);
    const key = this.#keySql(by);
    // A resource belongs to one account, while services share it.
    const shared = by.groupBy === 'service' || by.groupBy === 'category';
    const from = shared
      ? this.#fromCharges(selection)
      : this.#fromResources(selection);
    // Of services, each resource is added up first, to be counted once in all.
    const parts = `select ${
      key.sql
    } as group_key, detail.resource_id as resource_id,
      ${sumsSql(names)}, max(present) as present
      from ${from.sql} group by 1, 2`;
    const grouped = shared
      ? `select group_key, ${sumsSql(names)}, sum(present) as resources
         from part group by group_key`
      : `select ${key.sql} as group_key, ${sumsSql(names)},
           sum(present) as resources
         from ${from.sql} group by 1`;
    const rows = await this.#database.query(
      `${shared ? `with part as materialized (${parts})` : ''}
       select group_key, ${textSql(
         names,
       )}, resources, all_resources, group_count,
         ${names
           .flatMap(name => [`all_${name}_units`, `all_${name}_nanos`])
           .join(', ')}
       from (
         select grouped.*, ${overallSql(names)},
           ${
             shared
               ? '(select count(distinct resource_id) from part where present = 1)'
               : 'sum(resources) over ()'
           } as all_resources,
           sum(case when resources > 0 then 1 else 0 end) over () as group_count
         from (${grouped}) grouped
       ) counted
       where resources > 0
       order by ${orderSql('asked')}, group_key limit ? offset ?`,
      [...key.bindings, ...from.bindings, page.limit, page.offset],
    );
    return {
      groups: rows.map(row => ({
        key: row.group_key === null ? undefined : String(row.group_key),
        ...sumsOf(row, selection),
      })),
      count: Number(rows[0]?.group_count ?? 0),
      sums:
        rows.length > 0
          ? sumsOf(rows[0], selection, 'all_')
          : await this.sum(selection),
    };
  }

  /** Tag keys by the cost of the resources that carry them, in nanos, the most first. */
  async tagKeys(selection: StoredSelection): Promise<{
    total: bigint;
    keys: { key: string; total: bigint; resources: number }[];
  }> {
    const from = this.#fromResources(selection);
    const rows = await this.#database.query(
      `select resource.tags as tags, ${textSql(['asked'])} from ${
        from.sql
      } and present = 1`,
      from.bindings,
    );
    const keys = new Map<string, { total: bigint; resources: number }>();
    let sum = 0n;
    for (const row of rows) {
      const total = readSum(row, 'asked');
      sum += total;
      for (const key of keysOf(String(row.tags))) {
        const known = keys.get(key) ?? { total: 0n, resources: 0 };
        known.total += total;
        known.resources += 1;
        keys.set(key, known);
      }
    }
    return {
      total: sum,
      keys: [...keys]
        .map(([key, sums]) => ({ key, ...sums }))
        .sort(
          (a, b) =>
            compare(b.total, a.total) ||
            b.resources - a.resources ||
            (a.key < b.key ? -1 : 1),
        ),
    };
  }

  /** The resources that have a charge in the window in whatever currency, at most so many. */
  async listResources(
    selection: Omit<StoredSelection, 'currencyId'>,
    options: { limit: number; ids?: readonly number[] },
  ): Promise<number[]> {
    const { limit, ids } = options;
    const from = this.#fromResources(selection);
    const among = ids ? `and resource.id in (${ids.join(', ')})` : '';
    const rows = await this.#database.query(
      `select resource.id as id from ${from.sql} and present = 1 ${among} order by resource.id limit ?`,
      [...from.bindings, limit],
    );
    return rows.map(({ id }) => Number(id));
  }

  #keySql(by: { groupBy: UnallocatedGroupBy; tagKey?: string }): Sql {
    if (by.groupBy !== 'tag') {
      return { sql: KEYS[by.groupBy], bindings: [] };
    }
    return by.tagKey === undefined
      ? {
          sql: `case when resource.tags <> '{}' then 'tagged' end`,
          bindings: [],
        }
      : tagSql(this.#database, by.tagKey);
  }

  /** Charges with what they are for. */
  #fromCharges(selection: DetailSelection): Sql {
    const detail = detailSql(selection);
    const conditions = [
      ...chargeConditions(selection.filter),
      ...resourceConditions(this.#database, selection.filter),
    ];
    return {
      sql: `(${detail.sql}) detail
        join service on service.id = detail.service_id
        join charge_kind kind on kind.id = detail.charge_kind_id
        ${JOIN_RESOURCE} ${where(conditions)}`,
      bindings: [detail, ...conditions].flatMap(({ bindings }) => bindings),
    };
  }

  /** The same added up by resource first, so that each is looked at once. */
  #fromResources(selection: DetailSelection): Sql {
    const detail = detailSql(selection);
    const charges = chargeConditions(selection.filter);
    const { account } = selection.filter;
    // The rest of the bucket need not even be added up.
    const within: Sql[] =
      account === undefined
        ? []
        : [
            {
              sql: `charge.resource_id in (
                select r.id from resource r join account a on a.id = r.account_id where a.native_id = ?)`,
              bindings: [account],
            },
          ];
    const resources = resourceConditions(this.#database, selection.filter);
    const joins =
      charges.length > 0
        ? `join service on service.id = charge.service_id
           join charge_kind kind on kind.id = charge.charge_kind_id`
        : '';
    return {
      sql: `(
          select charge.resource_id, ${sumsSql(windowNames(selection.windows))},
            max(present) as present
          from (${detail.sql}) charge ${joins} ${where([
        ...charges,
        ...within,
      ])} group by charge.resource_id
        ) detail ${JOIN_RESOURCE} ${where(resources)}`,
      bindings: [detail, ...charges, ...within, ...resources].flatMap(
        ({ bindings }) => bindings,
      ),
    };
  }
}

function where(conditions: readonly Sql[]): string {
  return `where ${['1 = 1', ...conditions.map(({ sql }) => sql)].join(
    ' and ',
  )}`;
}

function sumsOf(
  row: Record<string, unknown>,
  { windows }: StoredSelection,
  prefix = '',
): BucketSums {
  const total = readSum(row, `${prefix}asked`);
  return {
    total,
    complete: windowNames(windows).includes('complete')
      ? readSum(row, `${prefix}complete`)
      : total,
    before: readSum(row, `${prefix}prior`),
    resources: Number(row[`${prefix}resources`] ?? 0),
  };
}

function keysOf(tags: string): Set<string> {
  return new Set(
    Object.entries(JSON.parse(tags) as Record<string, unknown>)
      .filter(([, value]) => value !== '')
      .map(([key]) => plainTagKey(key)),
  );
}
