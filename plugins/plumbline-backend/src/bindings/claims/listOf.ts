import type { Entity } from '@backstage/catalog-model';
import type { UnresolvedClaim } from './types';

const MAX_VALUES = 200;
const MAX_LENGTH = 2_048;

/**
 * Reads an annotation as a comma-separated list: values trimmed, empty and repeated ones left out.
 */
export function listOf(
  entity: Entity,
  annotation: string,
): { values: string[]; unresolved: UnresolvedClaim[] } {
  const text = textOf(entity, annotation);
  if (text === undefined) {
    return { values: [], unresolved: [] };
  }
  const all = [
    ...new Set(
      text
        .split(',')
        .map(value => value.trim())
        .filter(Boolean),
    ),
  ];
  const unresolved: UnresolvedClaim[] = [];
  if (all.length === 0) {
    unresolved.push(
      malformed(annotation, text, 'The annotation is empty; remove it.'),
    );
  }
  if (all.length > MAX_VALUES) {
    unresolved.push(
      malformed(
        annotation,
        text,
        `Only the first ${MAX_VALUES} of ${all.length} values are read; split the entity or use tags.`,
      ),
    );
  }
  const values = all.slice(0, MAX_VALUES).filter(value => {
    if (value.length <= MAX_LENGTH) {
      return true;
    }
    unresolved.push(
      malformed(
        annotation,
        value,
        `A value is longer than ${MAX_LENGTH} characters; no cloud writes such an id.`,
      ),
    );
    return false;
  });
  return { values, unresolved };
}

/** The text of an annotation, whatever the catalog let through. */
export function textOf(entity: Entity, annotation: string): string | undefined {
  const value: unknown = entity.metadata.annotations?.[annotation];
  return value === undefined || value === null ? undefined : String(value);
}

/** An unresolved entry with the value cut to a length that a page can show. */
export function malformed(
  annotation: string,
  value: string,
  reason: string,
): UnresolvedClaim {
  return {
    annotation,
    value: value.length > 200 ? `${value.slice(0, 199)}…` : value,
    reason,
  };
}
