import type { JsonValue } from '@backstage/types';

/**
 * Tags as JSON text becomes keys and values as the provider ships them: an object, a list of
 * `{ key, value }`, or Azure's older form, an object without its braces. A tag without a value is `true`.
 *
 * @returns undefined when the text is none of these
 * @internal
 */
export function parseTags(
  text: string | undefined,
): Record<string, string> | undefined {
  const trimmed = text?.trim();
  if (!trimmed) {
    return {};
  }
  const json = parse(trimmed.startsWith('"') ? `{${trimmed}}` : trimmed);
  if (json === null) {
    return {};
  }
  if (typeof json !== 'object') {
    return undefined;
  }
  const entries = Array.isArray(json)
    ? json.map(entryOf)
    : Object.entries(json);
  return Object.fromEntries(
    entries.flatMap(([key, value]) =>
      typeof key === 'string' && key !== '' ? [[key, valueOf(value)]] : [],
    ),
  );
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller says so, with the resource it stands on.
    return undefined;
  }
}

function entryOf(
  item: JsonValue,
): [JsonValue | undefined, JsonValue | undefined] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return [undefined, undefined];
  }
  return [item.key ?? item.Key, item.value ?? item.Value];
}

function valueOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') {
    return 'true';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
