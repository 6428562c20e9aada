/** Stands for all time before. */
export const FIRST_DAY = -2_147_483_648;
/** Stands for as long as it holds. */
export const LAST_DAY = 2_147_483_647;

/** Days on which a resource's cost belongs to an entity: from inclusive, to exclusive. */
export interface AllocationRow {
  resourceId: number;
  fromDay: number;
  toDay: number;
  entityId: number;
  environmentId: number;
}

/** What must be done to one resource's allocation; every part may be absent. */
export interface AllocationChange {
  /** The row to take away, whole. */
  remove?: AllocationRow;
  /** The row that ends, and the first day on which it no longer holds. */
  close?: { row: AllocationRow; toDay: number };
  insert?: AllocationRow;
}

/**
 * Works out how a resource's allocation gets from what it was to what it should be from today on. The first
 * one holds for all time before; a change takes effect today; an environment learnt later is a correction and
 * applies to the whole of the row that stands.
 *
 * @param rows - all rows of the resource
 * @param today - UTC day
 * @returns undefined where nothing changes
 */
export function allocationChange(
  resourceId: number,
  rows: readonly AllocationRow[],
  desired: { entityId: number; environmentId: number } | undefined,
  today: number,
): AllocationChange | undefined {
  const open = rows.find(row => row.toDay === LAST_DAY);
  if (!desired) {
    return open && ending(open, today);
  }
  if (!open) {
    const ends = rows.map(row => row.toDay);
    return {
      insert: {
        resourceId,
        fromDay: ends.length > 0 ? Math.max(today, ...ends) : FIRST_DAY,
        toDay: LAST_DAY,
        ...desired,
      },
    };
  }
  if (open.entityId === desired.entityId) {
    return open.environmentId === desired.environmentId
      ? undefined
      : { remove: open, insert: { ...open, ...desired } };
  }
  return {
    ...ending(open, today),
    insert: {
      resourceId,
      // A row that began today is replaced whole: no day may have two.
      fromDay: Math.max(open.fromDay, today),
      toDay: LAST_DAY,
      ...desired,
    },
  };
}

function ending(open: AllocationRow, today: number): AllocationChange {
  return open.fromDay >= today
    ? { remove: open }
    : { close: { row: open, toDay: today } };
}
