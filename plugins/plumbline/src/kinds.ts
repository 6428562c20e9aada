/** Kinds with figures of their own. */
export const OWN_FIGURES = ['component', 'resource'];

/** Kinds whose figures are added up from their members. */
export const ROLLED_UP = ['system', 'domain', 'group'];

/**
 * Whether Plumbline has anything to show for an entity of this kind.
 *
 * @public
 */
export function isPlumblineAvailable(entity: { kind: string }): boolean {
  return [...OWN_FIGURES, ...ROLLED_UP].includes(
    entity.kind.toLocaleLowerCase('en-US'),
  );
}

/** Whether the figures of the entity are its own, not added up from members. */
export function hasOwnFigures(entity: { kind: string }): boolean {
  return OWN_FIGURES.includes(entity.kind.toLocaleLowerCase('en-US'));
}
