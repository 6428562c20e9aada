import type {
  BindingSuggestion,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';

/** What was accepted for one entity. */
export interface EntityChange {
  entityRef: EntityRef;
  suggestionIds: string[];
  /** Values by annotation. */
  values: Map<string, string[]>;
}

/** Puts together what was accepted for each entity. */
export function changesOf(
  suggestions: readonly BindingSuggestion[],
): EntityChange[] {
  const changes = new Map<EntityRef, EntityChange>();
  for (const { id, entityRef, annotation } of suggestions) {
    const change: EntityChange = changes.get(entityRef) ?? {
      entityRef,
      suggestionIds: [],
      values: new Map(),
    };
    changes.set(entityRef, change);
    change.suggestionIds.push(id);
    change.values.set(annotation.key, [
      ...(change.values.get(annotation.key) ?? []),
      annotation.value,
    ]);
  }
  return [...changes.values()];
}
