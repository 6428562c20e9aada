import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { plumblineEntityResourceRef } from '../resource';
import { lowerCased, matches, toCriteria } from './references';

/**
 * The entity belongs to one of the domains, or is one of them.
 *
 * @public
 */
export const inDomain = createPermissionRule({
  name: 'IN_DOMAIN',
  description: 'Allow entities of the given domains',
  resourceRef: plumblineEntityResourceRef,
  paramsSchema: z.object({
    domains: z.array(z.string()).describe('Entity references of domains'),
  }),
  apply: (resource, { domains }) =>
    matches([resource.ref, resource.domainRef], lowerCased(domains)),
  toQuery: ({ domains }) =>
    toCriteria(['ref', 'domain_ref'], lowerCased(domains)),
});
