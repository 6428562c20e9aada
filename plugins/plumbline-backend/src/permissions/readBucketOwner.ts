import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/**
 * Reads `plumbline.buckets.owner`.
 *
 * @throws InputError when it is no full entity reference
 * @internal
 */
export function readBucketOwner(config: Config): EntityRef | undefined {
  const owner = config.getOptionalString('plumbline.buckets.owner');
  if (owner === undefined) {
    return undefined;
  }
  if (!/^[^:/]+:[^:/]+\/[^:/]+$/.test(owner)) {
    throw new InputError(
      `plumbline.buckets.owner is '${owner}'; write a group in full, such as group:default/finops`,
    );
  }
  return toEntityRef(owner);
}
