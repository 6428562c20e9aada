import { createConditionExports } from '@backstage/plugin-permission-node';
import { plumblineEntityResourceRef } from './resource';
import { inDomain, inSystem, isEntityOwner } from './rules';

/** Plumbline's permission rules, by name. @public */
export const plumblineRules = { isEntityOwner, inSystem, inDomain };

const exported = createConditionExports({
  resourceRef: plumblineEntityResourceRef,
  rules: plumblineRules,
});

/**
 * Conditions for a permission policy, such as `plumblineConditions.isEntityOwner({ claims })`.
 *
 * @public
 */
export const plumblineConditions = exported.conditions;

/** Makes a policy's decision of conditions. @public */
export const createPlumblineConditionalDecision =
  exported.createConditionalDecision;
