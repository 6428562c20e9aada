import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { plumblineEntityResourceRef } from '../resource';
import { lowerCased, matches, toCriteria } from './references';

/**
 * The entity belongs to one of the systems, or is one of them.
 *
 * @public
 */
export const inSystem = createPermissionRule({
  name: 'IN_SYSTEM',
  description: 'Allow entities of the given systems',
  resourceRef: plumblineEntityResourceRef,
  paramsSchema: z.object({
    systems: z.array(z.string()).describe('Entity references of systems'),
  }),
  apply: (resource, { systems }) =>
    matches([resource.ref, resource.systemRef], lowerCased(systems)),
  toQuery: ({ systems }) =>
    toCriteria(['ref', 'system_ref'], lowerCased(systems)),
});
