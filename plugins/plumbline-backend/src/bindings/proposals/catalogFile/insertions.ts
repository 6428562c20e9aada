import { isScalar, Scalar, type Pair, type YAMLMap } from 'yaml';
import { pairOf, type EntityPlace, type Refusal } from './findEntity';
import { appended, plain, quoted } from './scalars';

/** Text that is put between two characters of a file; nothing else of it changes. */
export interface Insertion {
  at: number;
  text: string;
}

const UNCLEAR = 'its annotations are written in a way that is not understood';

/** What to put where so that an annotation has further values; the annotation itself where it is not there. */
export function insertionsFor(
  text: string,
  place: EntityPlace,
  annotation: string,
  values: readonly string[],
): Insertion[] | Refusal {
  const annotations = pairOf(place.map, 'annotations');
  const value = values.join(',');
  if (!annotations) {
    return place.map.flow
      ? inFlow(place.map, `"annotations": {${entry(annotation, value)}}`)
      : withoutAnnotations(text, place, annotation, value);
  }
  const node = annotations.value as YAMLMap | Scalar | null;
  if (node && (node.anchor || !('items' in node || isScalar(node)))) {
    return { problem: UNCLEAR };
  }
  if (!node || isScalar(node)) {
    return node?.value === null || !node
      ? belowKey(text, place, annotations, annotation, value)
      : { problem: UNCLEAR };
  }
  const present = pairOf(node, annotation);
  if (present) {
    return isScalar(present.value)
      ? appended(text, present.value, values, Boolean(node.flow))
      : { problem: UNCLEAR };
  }
  return node.flow
    ? inFlow(node, entry(annotation, value))
    : afterLast(text, node, `${annotation}: ${plain(value) ?? quoted(value)}`);
}

/** A pair of a flow map, which may be JSON. */
function entry(annotation: string, value: string): string {
  return `${quoted(annotation)}: ${quoted(value)}`;
}

/** At the end of `{…}`, behind its last entry. */
function inFlow(map: YAMLMap, text: string): Insertion[] | Refusal {
  const last = map.items.at(-1);
  if (!last) {
    return map.range ? [{ at: map.range[0] + 1, text }] : { problem: UNCLEAR };
  }
  const at = endOf(last);
  return at === undefined ? { problem: UNCLEAR } : [{ at, text: `, ${text}` }];
}

/** On a line of its own behind the last entry of a map that is written one entry a line. */
function afterLast(
  text: string,
  map: YAMLMap,
  line: string,
): Insertion[] | Refusal {
  const [first, last] = [map.items[0], map.items.at(-1)];
  const indent = indentOf(text, first);
  const end = last && endOf(last);
  return indent === undefined || end === undefined
    ? { problem: UNCLEAR }
    : [newLine(text, lastVisible(text, end), indent + line)];
}

/** Below `annotations:` that has nothing behind it. */
function belowKey(
  text: string,
  place: EntityPlace,
  pair: Pair,
  annotation: string,
  value: string,
): Insertion[] | Refusal {
  const indent = indentOf(text, pair);
  const outer = indentOf(text, place.metadata);
  const end = (pair.key as Scalar).range?.[1];
  if (
    place.map.flow ||
    indent === undefined ||
    outer === undefined ||
    end === undefined
  ) {
    return { problem: UNCLEAR };
  }
  const step = indent.slice(outer.length) || '  ';
  const line = `${annotation}: ${plain(value) ?? quoted(value)}`;
  return [newLine(text, end, `${indent}${step}${line}`)];
}

/** Behind the name, in metadata that has no annotations. */
function withoutAnnotations(
  text: string,
  place: EntityPlace,
  annotation: string,
  value: string,
): Insertion[] | Refusal {
  const name = pairOf(place.map, 'name');
  const indent = name && indentOf(text, name);
  const outer = indentOf(text, place.metadata);
  const end = name && endOf(name);
  if (indent === undefined || outer === undefined || end === undefined) {
    return { problem: UNCLEAR };
  }
  const step = indent.slice(outer.length) || '  ';
  const { at, text: first } = newLine(text, end, `${indent}annotations:`);
  const line = `${annotation}: ${plain(value) ?? quoted(value)}`;
  return [{ at, text: `${first}${eolOf(text)}${indent}${step}${line}` }];
}

/** The end of an entry's value, or of its key where it has none. */
function endOf(pair: Pair): number | undefined {
  const key = (pair.key as Scalar | null)?.range?.[1];
  const value = (pair.value as Scalar | null)?.range?.[1];
  return key === undefined ? undefined : Math.max(key, value ?? 0);
}

/** What stands before an entry on its line; undefined where that is more than spaces. */
function indentOf(text: string, pair: Pair | undefined): string | undefined {
  const start = (pair?.key as Scalar | null | undefined)?.range?.[0];
  if (start === undefined) {
    return undefined;
  }
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^ *$/.test(before.replace(/^\uFEFF/, ''))
    ? before.replace(/^\uFEFF/, '')
    : undefined;
}

/** Back over empty lines: some values end with the start of the next line. */
function lastVisible(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length;
}

/** A line below the one that a position is on. */
function newLine(text: string, position: number, line: string): Insertion {
  const next = text.indexOf('\n', position);
  const end = next < 0 ? text.length : next;
  const at = text[end - 1] === '\r' ? end - 1 : end;
  return { at, text: `${eolOf(text)}${line}` };
}

/** How lines end in a file. */
function eolOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
