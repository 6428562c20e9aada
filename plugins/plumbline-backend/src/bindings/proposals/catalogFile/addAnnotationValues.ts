import { isDeepStrictEqual } from 'node:util';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { parseAllDocuments } from 'yaml';
import { findEntity, type Refusal } from './findEntity';
import { insertionsFor, type Insertion } from './insertions';

/** Values that Plumbline reads of one annotation. */
const MAX_VALUES = 200;

/** What to add to the description of an entity. */
export interface AnnotationValues {
  entityRef: EntityRef;
  annotation: string;
  /** Further values of its comma-separated list; those that are there already are left out. */
  values: readonly string[];
}

/**
 * Adds values to an annotation in the text of a catalog file. What is there stays as it is, byte by byte: text is
 * put in at one place, or at two where a value gets quotes. The result is read again and must say what was
 * wanted and nothing else.
 *
 * @returns the text, or the reason why the file is left alone
 */
export function addAnnotationValues(
  text: string,
  { entityRef, annotation, values }: AnnotationValues,
): { text: string } | Refusal {
  const place = findEntity(text, entityRef);
  if ('problem' in place) {
    return place;
  }
  if (values.some(value => value.includes(',') || /\p{Cc}/u.test(value))) {
    return {
      problem:
        'a resource has an id with a comma, which no list can hold; name it in plumbline.bindings.map',
    };
  }
  const before = contentOf(text);
  if (!before) {
    return { problem: 'it holds aliases that lead nowhere, or too many' };
  }
  const listed = listOf(annotationsOf(before, place.index)?.[annotation]);
  const added = [...new Set(values)].filter(value => !listed.includes(value));
  if (added.length === 0) {
    return { text };
  }
  if (listed.length + added.length > MAX_VALUES) {
    return {
      problem: `${annotation} would hold more than ${MAX_VALUES} resources; select them by tags instead`,
    };
  }
  const insertions = insertionsFor(text, place, annotation, added);
  if ('problem' in insertions) {
    return insertions;
  }
  const edited = applied(text, insertions);
  return says(edited, before, place.index, annotation, [...listed, ...added])
    ? { text: edited }
    : { problem: 'no place was found where the change would be certain' };
}

function applied(text: string, insertions: readonly Insertion[]): string {
  return [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce(
      (result, { at, text: more }) =>
        result.slice(0, at) + more + result.slice(at),
      text,
    );
}

/** Whether the text says the same as before, with this list in the one place. */
function says(
  text: string,
  before: readonly unknown[],
  index: number,
  annotation: string,
  list: readonly string[],
): boolean {
  const after = contentOf(text);
  const annotations = after && annotationsOf(after, index);
  if (
    !after ||
    !isDeepStrictEqual(listOf(annotations?.[annotation]), [...list])
  ) {
    return false;
  }
  return isDeepStrictEqual(
    after.map((content, at) =>
      at === index ? without(content, annotation) : content,
    ),
    before.map((content, at) =>
      at === index ? without(content, annotation) : content,
    ),
  );
}

function contentOf(text: string): unknown[] | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (
    !Array.isArray(documents) ||
    documents.some(({ errors }) => errors.length > 0)
  ) {
    return undefined;
  }
  try {
    return documents.map(document => document.toJS());
  } catch {
    // The library's guard against aliases that multiply, or have no anchor.
    return undefined;
  }
}

interface Described {
  metadata?: { annotations?: Record<string, unknown> | null };
}

function annotationsOf(
  contents: readonly unknown[],
  index: number,
): Record<string, unknown> | null | undefined {
  return (contents[index] as Described | undefined)?.metadata?.annotations;
}

function without(content: unknown, annotation: string): unknown {
  const { metadata, ...rest } = content as Described;
  const { annotations, ...others } = metadata ?? {};
  const { [annotation]: _, ...kept } = annotations ?? {};
  return { ...rest, metadata: { ...others, annotations: kept } };
}

function listOf(value: unknown): string[] {
  return value === undefined || value === null
    ? []
    : String(value)
        .split(',')
        .map(item => item.trim())
        .filter(Boolean);
}
