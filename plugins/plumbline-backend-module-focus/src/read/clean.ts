/** Characters that databases keep of what is not free text. @internal */
export const LONGEST = {
  provider: 64,
  account: 255,
  type: 255,
  region: 64,
  service: 255,
  category: 128,
};

const LONGEST_TEXT = 4_096;
/** Control characters, NUL above all: PostgreSQL refuses a text that has one. */
const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}/gu;

/**
 * Text as databases take it: without control characters and halves of a character, cut to a length.
 *
 * @internal
 */
export function clean(value: string, longest = LONGEST_TEXT): string {
  const whole = CONTROL.test(value) ? value.replace(CONTROLS, '') : value;
  const formed = whole.replace(/\p{Surrogate}/gu, '\uFFFD');
  if (formed.length <= longest) {
    return formed;
  }
  return formed.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Tags with clean keys and values; a key of nothing else than control characters is left out.
 *
 * @internal
 */
export function cleanTags(
  tags: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags)
      .map(([key, value]) => [clean(key), clean(value)])
      .filter(([key]) => key !== ''),
  );
}
