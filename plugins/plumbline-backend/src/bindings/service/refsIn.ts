import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';

/** A full reference within a sentence, but not a part of a longer id, such as an ARN. */
const REF =
  /(?<![\w:/.@-])[a-z][a-z0-9]*:[a-z0-9]+(?:[-_.][a-z0-9]+)*\/[a-z0-9]+(?:[-_.]+[a-z0-9]+)*(?![\w:/-])/g;

/** The entities that a sentence names. @internal */
export function refsIn(sentence: string): EntityRef[] {
  return [...sentence.matchAll(REF)].map(([ref]) => ref as EntityRef);
}

/** A sentence without the names of those entities that may not be seen. @internal */
export function hideRefs(
  sentence: string,
  isVisible: (ref: EntityRef) => boolean,
): string {
  const hidden = sentence.replace(REF, ref =>
    isVisible(ref as EntityRef) ? ref : 'another entity',
  );
  // At the start of a sentence.
  return hidden.replace(/^another/, 'Another');
}
