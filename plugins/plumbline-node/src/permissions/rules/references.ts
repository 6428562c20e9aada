import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { PlumblineEntityFilter } from '../resource';

/** References as the entity table holds them. @internal */
export function lowerCased(references: string[]): string[] {
  // Unlike toLocaleLowerCase, this looks nothing up: rules are applied many times a page.
  return references.map(reference => reference.toLowerCase());
}

/** Whether one of the entity's references is among the wanted ones. @internal */
export function matches(
  references: (string | undefined)[],
  wanted: string[],
): boolean {
  return references.some(
    reference => reference !== undefined && wanted.includes(reference),
  );
}

/** The same question to the entity table. @internal */
export function toCriteria(
  [first, ...others]: [
    PlumblineEntityFilter['property'],
    ...PlumblineEntityFilter['property'][],
  ],
  values: string[],
): PermissionCriteria<PlumblineEntityFilter> {
  return {
    anyOf: [
      { property: first, values },
      ...others.map(property => ({ property, values })),
    ],
  };
}
