import type { PlumblineDatabase } from '../../database';
import type { Sql } from './bucketSql';
import type { BucketFilter, TagFilter } from './UnallocatedService';

/** What AWS puts before the keys of tags that its users made: with it and without, a key is the same. */
const USER_PREFIXES = ['user:', 'resourceTags/user:'];

/** The name that a tag key is shown under. @internal */
export function plainTagKey(key: string): string {
  const prefix = USER_PREFIXES.find(start => key.startsWith(start));
  return (prefix && key.slice(prefix.length)) || key;
}

/** The group of what was reserved and not used, among charge categories. @internal */
export const WASTE = 'waste';

/** The category of a charge kind `kind`, unused commitments apart. @internal */
export const CATEGORY_SQL = `case when kind.commitment = 'Unused' then '${WASTE}' else kind.category end`;

/** The value of a tag of `resource`; null where it has none, or an empty one. @internal */
export function tagSql({ dialect }: PlumblineDatabase, key: string): Sql {
  const fields = ['', ...USER_PREFIXES].map(prefix =>
    dialect.jsonField('resource.tags', `${prefix}${plainTagKey(key)}`),
  );
  return {
    sql: `coalesce(${fields
      .map(({ sql }) => `nullif(${sql}, '')`)
      .join(', ')})`,
    bindings: fields.map(({ binding }) => binding),
  };
}

/** Conditions on `service` and `kind`, which say what was charged. @internal */
export function chargeConditions(filter: BucketFilter): Sql[] {
  const { service, category } = filter;
  return [
    ...(service !== undefined
      ? [{ sql: 'service.name = ?', bindings: [service] }]
      : []),
    ...(category !== undefined
      ? [{ sql: `${CATEGORY_SQL} = ?`, bindings: [category] }]
      : []),
  ];
}

/** Conditions on `account` and `resource`, which say what it was charged for. @internal */
export function resourceConditions(
  database: PlumblineDatabase,
  filter: BucketFilter,
): Sql[] {
  const { account, tag, search } = filter;
  return [
    ...(account !== undefined
      ? [{ sql: 'account.native_id = ?', bindings: [account] }]
      : []),
    ...(tag !== undefined ? [tagCondition(database, tag)] : []),
    ...(search !== undefined ? [searchCondition(search)] : []),
  ];
}

function tagCondition(database: PlumblineDatabase, tag: TagFilter): Sql {
  if (tag === 'none' || tag === 'any') {
    return {
      sql: `resource.tags ${tag === 'none' ? '=' : '<>'} '{}'`,
      bindings: [],
    };
  }
  const { sql, bindings } = tagSql(database, tag.key);
  return tag.value === undefined
    ? { sql: `${sql} is null`, bindings }
    : { sql: `${sql} = ?`, bindings: [...bindings, tag.value] };
}

function searchCondition(search: string): Sql {
  const pattern = `%${search
    .toLowerCase()
    .replace(/[\\%_]/g, character => `\\${character}`)}%`;
  return {
    sql: `(lower(resource.native_id) like ? escape '\\' or lower(coalesce(resource.name, '')) like ? escape '\\')`,
    bindings: [pattern, pattern],
  };
}
