/** What AWS puts before the keys of tags that its users made. */
const USER_PREFIXES = ['user:', 'resourceTags/user:'];

/**
 * Reads the tags of a resource as the bill ships them. A tag with a provider's prefix is found with and without
 * it; where both are there, the plain one counts. Keys are exact in case.
 */
export function parseTags(json: string): Map<string, string> {
  const tags = new Map<string, string>(
    Object.entries(JSON.parse(json) as Record<string, unknown>).map(
      ([key, value]) => [key, String(value)],
    ),
  );
  for (const [key, value] of [...tags]) {
    const prefix = USER_PREFIXES.find(start => key.startsWith(start));
    const plain = prefix && key.slice(prefix.length);
    if (plain && !tags.has(plain)) {
      tags.set(plain, value);
    }
  }
  return tags;
}
