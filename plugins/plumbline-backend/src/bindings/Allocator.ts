/**
 * Decides which one entity each known resource belongs to.
 *
 * @internal
 */
export interface Allocator {
  /**
   * Brings bindings and allocation up to date with the catalog's claims and the known resources. Calls that
   * come while one is at work share one further pass, which sees everything written before they came.
   *
   * @returns the bindings version that stands afterwards; it grows only when an allocation changed
   */
  refresh(options?: { signal?: AbortSignal }): Promise<number>;
}
