import type { MatchedBy } from '@plumbline/backstage-plugin-plumbline-common';

/** Stands for all time before. */
export const FIRST_DAY = -2_147_483_648;
/** Stands for as long as it holds. */
export const LAST_DAY = 2_147_483_647;

/** Whose a resource's cost is, and where it was spent. */
export interface Allocated {
  entityId: number;
  environmentId: number;
  /** How it was found; `account` for whatever took the rest of an account, by the operator's map too. */
  matchedBy: MatchedBy;
}

/** Days on which a resource's cost belongs to an entity: from inclusive, to exclusive. */
export interface AllocationRow extends Allocated {
  resourceId: number;
  fromDay: number;
  toDay: number;
}

/** A row as it is stored. */
export interface StoredAllocation extends AllocationRow {
  /** Whether the catalog has the entity no longer. */
  vanished: boolean;
}

/** What must be done to one resource's allocation. */
export interface AllocationChange {
  resourceId: number;
  /** Rows to take away, whole. */
  remove: AllocationRow[];
  /** The row that ends, and the first day on which it no longer holds. */
  close?: { row: AllocationRow; toDay: number };
  insert?: AllocationRow;
}

/**
 * Works out how a resource's allocation gets from what it was to what it should be from today on. The first
 * one holds for all time before; a change takes effect today, but whoever follows on entities that vanished has
 * their days as well; an environment learnt later is a correction and applies to the whole of the row that
 * stands.
 *
 * @param rows - all rows of the resource
 * @param today - UTC day
 * @returns undefined where nothing changes
 */
export function allocationChange(
  resourceId: number,
  rows: readonly StoredAllocation[],
  desired: Allocated | undefined,
  today: number,
): AllocationChange | undefined {
  const open = rows.find(row => row.toDay === LAST_DAY);
  if (!desired) {
    return open && ending(open, today);
  }
  if (open?.entityId === desired.entityId) {
    return open.environmentId === desired.environmentId &&
      open.matchedBy === desired.matchedBy
      ? undefined
      : {
          resourceId,
          remove: [open],
          insert: rowOf(resourceId, open.fromDay, desired),
        };
  }
  const inherited = lastVanished(rows);
  if (inherited.length > 0) {
    return {
      resourceId,
      remove: inherited,
      insert: rowOf(resourceId, inherited[0].fromDay, desired),
    };
  }
  if (!open) {
    const ends = rows.map(row => row.toDay);
    return {
      resourceId,
      remove: [],
      insert: rowOf(
        resourceId,
        ends.length > 0 ? Math.max(today, ...ends) : FIRST_DAY,
        desired,
      ),
    };
  }
  return {
    ...ending(open, today),
    // A row that began today is replaced whole: no day may have two.
    insert: rowOf(resourceId, Math.max(open.fromDay, today), desired),
  };
}

/** The rows behind which there is none of an entity that the catalog still has, the earliest first. */
function lastVanished(rows: readonly StoredAllocation[]): StoredAllocation[] {
  const ordered = [...rows].sort((a, b) => a.fromDay - b.fromDay);
  return ordered.slice(ordered.findLastIndex(row => !row.vanished) + 1);
}

function rowOf(
  resourceId: number,
  fromDay: number,
  { entityId, environmentId, matchedBy }: Allocated,
): AllocationRow {
  return {
    resourceId,
    fromDay,
    toDay: LAST_DAY,
    entityId,
    environmentId,
    matchedBy,
  };
}

function ending(open: AllocationRow, today: number): AllocationChange {
  const { resourceId } = open;
  return open.fromDay >= today
    ? { resourceId, remove: [open] }
    : { resourceId, remove: [], close: { row: open, toDay: today } };
}
