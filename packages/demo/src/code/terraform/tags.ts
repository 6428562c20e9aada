import { indent } from '../text';
import { DeclaredResource } from '../declarations';

/** The `tags` attribute of a resource, on top of the stack's own; undefined for a resource without tags. */
export function tagsOf(
  resource: DeclaredResource,
  team: string,
): string | undefined {
  const own = Object.entries(resource.tags).filter(
    ([key, value]) => key !== 'team' || value !== team,
  );
  if (Object.keys(resource.tags).length === 0) {
    return undefined;
  }
  return [
    'tags = merge(local.tags, {',
    indent(
      own.map(([key, value]) => `${keyOf(key)} = "${value}"`).join('\n'),
      2,
    ),
    '})',
  ].join('\n');
}

function keyOf(key: string): string {
  return /^[\w-]+$/.test(key) ? key : `"${key}"`;
}
