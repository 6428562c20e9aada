import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_PLUMBLINE_ENTITY } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * What a permission rule may look at: an entity as Plumbline last read it from the catalog. All references
 * are full and in lower case.
 *
 * @public
 */
export interface PlumblineEntityResource {
  ref: string;
  ownerRef?: string;
  systemRef?: string;
  domainRef?: string;
}

/**
 * A condition on Plumbline's entity table: the column holds one of the values.
 *
 * @public
 */
export interface PlumblineEntityFilter {
  property: 'ref' | 'owner_ref' | 'system_ref' | 'domain_ref';
  values: string[];
}

/** Plumbline's resource type, for rules of your own. @public */
export const plumblineEntityResourceRef = createPermissionResourceRef<
  PlumblineEntityResource,
  PlumblineEntityFilter
>().with({
  pluginId: 'plumbline',
  resourceType: RESOURCE_TYPE_PLUMBLINE_ENTITY,
});
