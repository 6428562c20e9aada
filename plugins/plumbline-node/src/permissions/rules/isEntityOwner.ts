import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { plumblineEntityResourceRef } from '../resource';
import { lowerCased, matches, toCriteria } from './references';

/**
 * The entity is owned by one of the claims, or is one of them (a group owns itself).
 *
 * @public
 */
export const isEntityOwner = createPermissionRule({
  name: 'IS_ENTITY_OWNER',
  description: 'Allow entities owned by one of the given users or groups',
  resourceRef: plumblineEntityResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of users and groups'),
  }),
  apply: (resource, { claims }) =>
    matches([resource.ref, resource.ownerRef], lowerCased(claims)),
  toQuery: ({ claims }) => toCriteria(['ref', 'owner_ref'], lowerCased(claims)),
});
