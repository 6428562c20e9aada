import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityFilter, EntityRecord, EntityStore } from '../permissions';

/** The entities whose own costs make up a figure. @internal */
export interface CountedEntities {
  scope: 'own' | 'with-dependencies' | 'rollup';
  entities: EntityRecord[];
  /** Absent where it is the entity alone. */
  members?: { counted: number; hidden: number };
}

/** Kinds that have costs of their own. */
const OWN = ['component', 'resource'];
/** Kinds that add up those of their members. */
const ROLLUP = ['system', 'domain', 'group'];

/** Whether entities of the kind have a cost card at all. @internal */
export function hasCosts(kind: string): boolean {
  return OWN.includes(kind) || ROLLUP.includes(kind);
}

/** @internal */
export function isRollup(kind: string): boolean {
  return ROLLUP.includes(kind);
}

/** What an entity depends on, over any number of steps; keys of entities. @internal */
export interface DependencyReader {
  getDependencies(entityRef: EntityRef): Promise<number[]>;
}

/** Which entities to add up for one, of those the caller may read. @internal */
export async function countedEntities(options: {
  entities: EntityStore;
  dependencies: DependencyReader;
  entity: EntityRecord;
  scope: 'own' | 'with-dependencies';
  readable: EntityFilter;
}): Promise<CountedEntities> {
  const { entities, entity, scope, readable } = options;
  if (isRollup(entity.kind)) {
    const members = await entities.listMembers(entity, readable);
    return {
      scope: 'rollup',
      entities: members.readable,
      members: { counted: members.readable.length, hidden: members.hidden },
    };
  }
  if (scope === 'own') {
    return { scope, entities: [entity] };
  }
  const dependencies = await entities.selectByIds(
    await options.dependencies.getDependencies(entity.ref),
    readable,
  );
  const counted = [entity, ...dependencies.readable];
  return {
    scope,
    entities: counted,
    members: { counted: counted.length, hidden: dependencies.hidden },
  };
}
