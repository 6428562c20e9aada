import { Scalar } from 'yaml';
import type { Refusal } from './findEntity';
import type { Insertion } from './insertions';

/** A text as YAML writes it without quotes; undefined where it needs them. */
export function plain(text: string): string | undefined {
  return /^[A-Za-z/][A-Za-z0-9_/.:@*+=~%$,-]*$/.test(text) &&
    /[/:]/.test(text) &&
    !text.endsWith(':')
    ? text
    : undefined;
}

/** A text in double quotes, as YAML and JSON have it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Adds to the comma-separated list that a scalar holds, in the quotes it has. */
export function appended(
  text: string,
  scalar: Scalar,
  values: readonly string[],
  flow: boolean,
): Insertion[] | Refusal {
  const { range, type, anchor } = scalar;
  if (!range || anchor) {
    return { problem: 'the annotation is shared with other parts of the file' };
  }
  const [start, end] = range;
  const list = String(scalar.value ?? '');
  const separator = /(^|,)\s*$/.test(list) ? '' : separatorOf(list);
  const more = separator + values.join(separator || ',');
  switch (type) {
    case Scalar.QUOTE_DOUBLE:
      return [{ at: end - 1, text: JSON.stringify(more).slice(1, -1) }];
    case Scalar.QUOTE_SINGLE:
      return [{ at: end - 1, text: more.replaceAll("'", "''") }];
    case Scalar.BLOCK_FOLDED:
    case Scalar.BLOCK_LITERAL:
      return inBlock(text.slice(0, end), list, more);
    default:
      return inPlain(text.slice(start, end), start, list, more, flow);
  }
}

function inBlock(
  upToEnd: string,
  list: string,
  more: string,
): Insertion[] | Refusal {
  return list.trim() === '' || /[\r\n]/.test(more)
    ? { problem: 'the annotation is a block of text without any' }
    : [{ at: upToEnd.trimEnd().length, text: more }];
}

function inPlain(
  source: string,
  start: number,
  list: string,
  more: string,
  flow: boolean,
): Insertion[] | Refusal {
  if (source === '') {
    return list === ''
      ? [{ at: start, text: ` ${quoted(more)}` }]
      : { problem: 'the annotation has a value that is not understood' };
  }
  if (/[\r\n]/.test(source)) {
    return { problem: 'the annotation’s value is written over several lines' };
  }
  if (
    !flow &&
    /^[A-Za-z0-9_/.:@*+=~%$,/ -]*$/.test(more) &&
    !/: |:$/.test(more)
  ) {
    return [{ at: start + source.length, text: more }];
  }
  // In quotes then; what is there needs none of YAML's escapes.
  return /["\\]/.test(source)
    ? { problem: 'the annotation’s value needs other quotes' }
    : [
        { at: start, text: '"' },
        {
          at: start + source.length,
          text: `${JSON.stringify(more).slice(1)}`,
        },
      ];
}

/** Whether the list has spaces behind its commas. */
function separatorOf(list: string): string {
  return /,\s/.test(list.trim()) && !/[\r\n]/.test(list.trim()) ? ', ' : ',';
}
