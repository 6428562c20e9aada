import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Plumbline's own permission resource type; its id is an entity reference.
 *
 * @public
 */
export const RESOURCE_TYPE_PLUMBLINE_ENTITY = 'plumbline-entity';

const resourceType = RESOURCE_TYPE_PLUMBLINE_ENTITY;

/** Who may see what an entity costs. @public */
export const plumblineCostReadPermission = createPermission({
  name: 'plumbline.cost.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Who may see how an entity's resources differ from Git. @public */
export const plumblineDriftReadPermission = createPermission({
  name: 'plumbline.drift.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Who may see which policies an entity breaks. @public */
export const plumblinePolicyReadPermission = createPermission({
  name: 'plumbline.policy.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Who may see whether an entity's artifacts can be traced. @public */
export const plumblineProvenanceReadPermission = createPermission({
  name: 'plumbline.provenance.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Who may see the state of sources and change what concerns everyone. @public */
export const plumblineAdminPermission = createPermission({
  name: 'plumbline.admin',
  attributes: { action: 'read' },
});

/** Every permission that Plumbline asks for. @public */
export const plumblinePermissions = [
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
  plumblineAdminPermission,
];
