/**
 * Decides which one entity each resource's cost belongs to, and keeps the `allocation` table.
 *
 * @internal
 */
export interface Allocator {
  /** Brings allocation up to date with entities and resources; gives the bindings version. */
  refresh(options?: { signal?: AbortSignal }): Promise<number>;
}
