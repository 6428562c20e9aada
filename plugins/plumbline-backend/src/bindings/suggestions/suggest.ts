import type { NameIndex } from './NameIndex';
import type { TagIndex } from './TagIndex';
import type { Match, Suggestion, UnclaimedResource } from './types';

/** So many entities that are as likely are told apart by nobody. */
const MAX_MATCHES = 10;

/** Suggests entities for a resource, by what is most certain; undefined where nothing is. */
export function suggest(
  resource: UnclaimedResource,
  options: { byState: readonly Match[]; tags: TagIndex; names: NameIndex },
): Suggestion | undefined {
  const { byState, tags, names } = options;
  if (byState.length > 0) {
    return { confidence: 'state', matches: byState.slice(0, MAX_MATCHES) };
  }
  const byTag = tags.find(resource);
  if (byTag.length > 0) {
    return limited('tag', byTag);
  }
  return limited('name', names.find(resource));
}

function limited(
  confidence: Suggestion['confidence'],
  matches: Match[],
): Suggestion | undefined {
  return matches.length > 0 && matches.length <= MAX_MATCHES
    ? { confidence, matches }
    : undefined;
}
