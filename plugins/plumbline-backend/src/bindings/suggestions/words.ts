/** What names end with that says where a thing runs and not what it is. */
const ENVIRONMENTS = new Set(
  'prod production prd live stage staging stg dev development devel test testing tst qa uat sandbox sbx preprod int'.split(
    ' ',
  ),
);

/** The words of a name, lower case: split at what is no letter or digit, and before capitals. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLocaleLowerCase('en-US')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/**
 * The words without the environment at their end, unless nothing else is left.
 *
 * @param environments - further names of environments, lower case
 */
export function withoutEnvironment(
  words: readonly string[],
  environments: ReadonlySet<string> = new Set(),
): string[] {
  const kept = [...words];
  while (
    kept.length > 1 &&
    (ENVIRONMENTS.has(kept[kept.length - 1]) ||
      environments.has(kept[kept.length - 1]))
  ) {
    kept.pop();
  }
  return kept;
}
