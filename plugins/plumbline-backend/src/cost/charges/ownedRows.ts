import type { Knex } from 'knex';
import type { Month } from '@plumbline/backstage-plugin-plumbline-common';
import { everAllocated, knownAt, SHARED_ENTITY_ID } from '../../database';
import { SHARED_KINDS } from '../materialise/Allocations';
import type { ChargeSelection } from './ChargeStore';

/** A statement's `from … where …`, in two pieces so that more can be joined. @internal */
export interface OwnedRows {
  joins: string;
  where: string;
  bindings: Knex.RawBinding[];
}

/** A generation of rows, and whose they are: in a closed month as it was known when that was closed. @internal */
export interface RowsOf {
  generation: number;
  closedMonth?: Month;
}

/** Came with the rest of an account, so that its shared charges went to the bucket. */
const NOT_HIS = `allocation.matched_by = 'account' and cost.charge_kind_id in (${SHARED_KINDS})`;

const HOLDS = `cost.resource_id = allocation.resource_id
  and cost.day >= allocation.from_day and cost.day < allocation.to_day`;

/**
 * The rows `cost` of a generation that belong to the entities, each for the days it does, as they were added up
 * into the entities' own rows; or those that belong to a bucket, because they do to no entity.
 *
 * @internal
 */
export function ownedRows(
  selection: ChargeSelection,
  { generation, closedMonth }: RowsOf,
  { buckets }: { buckets: boolean },
): OwnedRows {
  const { window } = selection;
  const { joins, owner } = buckets
    ? inBuckets(selection, closedMonth)
    : ofEntities(selection, closedMonth);
  const keys = (column: string, ids: readonly number[] | undefined) =>
    ids && `cost.${column} in (${listOf(ids)})`;
  const conditions = [
    owner,
    'cost.generation_id = ?',
    'cost.day >= ?',
    'cost.day < ?',
    'cost.currency_id = ?',
    keys('service_id', selection.serviceIds),
    keys('resource_id', selection.resourceIds),
    keys('charge_kind_id', selection.chargeKindIds),
  ].filter(Boolean);
  return {
    joins,
    where: `where ${conditions.join(' and ')}`,
    bindings: [generation, window.from, window.to, selection.currencyId],
  };
}

function ofEntities(
  { entityIds, environmentId }: ChargeSelection,
  closedMonth: Month | undefined,
) {
  const owner = `entity_id in (${listOf(entityIds)})`;
  const environment =
    environmentId === undefined
      ? ''
      : ` and allocation.environment_id = ${environmentId}`;
  return {
    // In this order: an entity has few resources, and each resource's rows lie together.
    joins: `from ${allocationOf(
      owner,
      closedMonth,
    )} cross join resource_cost_daily cost`,
    owner: `allocation.${owner}${environment} and ${HOLDS} and not (${NOT_HIS})`,
  };
}

/** What belongs to nobody has the environment `unknown`. */
function inBuckets(
  { entityIds, environmentId }: ChargeSelection,
  closedMonth: Month | undefined,
) {
  const shared = entityIds.includes(SHARED_ENTITY_ID);
  const kind =
    entityIds.length > 1
      ? []
      : [`cost.charge_kind_id ${shared ? '' : 'not '}in (${SHARED_KINDS})`];
  const environment =
    environmentId === undefined
      ? []
      : [
          `${environmentId} in (select id from environment where name = 'unknown')`,
        ];
  const nobody = `not exists (
    select 1 from ${allocationOf('resource_id = cost.resource_id', closedMonth)}
    join entity on entity.id = allocation.entity_id ${
      closedMonth ? '' : 'and entity.removed_at is null'
    }
    where ${HOLDS} and not (${NOT_HIS})
  )`;
  return {
    joins: 'from resource_cost_daily cost',
    owner: [...kind, ...environment, nobody].join(' and '),
  };
}

/** The allocation as it is, or as it was known when a month was closed. */
function allocationOf(where: string, closedMonth: Month | undefined): string {
  return closedMonth === undefined
    ? 'allocation'
    : `(
      select allocation.* from (${everAllocated(where)}) as allocation
      join closed_month on closed_month.month = '${closedMonth}'
      join resource on resource.id = allocation.resource_id
      join entity on entity.id = allocation.entity_id
      where ${knownAt('closed_month.closed_at')}
    ) as allocation`;
}

function listOf(ids: readonly number[]): string {
  return ids.join(', ') || 'null';
}
