import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { CallerRights } from './EntityAuthorizer';

/**
 * Whether a permission holds for every entity there is and will be, the buckets too: nothing was made a
 * condition.
 *
 * @internal
 */
export function readsEverything(
  rights: CallerRights,
  permission: ResourcePermission,
): boolean {
  return rights.filter(permission) === undefined;
}
