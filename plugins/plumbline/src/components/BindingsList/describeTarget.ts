import type { BindingTarget } from '@plumbline/backstage-plugin-plumbline-common';
import { describeResourceId, placeText } from '../../format';

/** How a bound thing is named to a person: a name, where it lies, and its full id where that says more. */
export function describeTarget(target: BindingTarget): {
  name: string;
  place: string;
  id?: string;
} {
  if (target.kind === 'repository') {
    return {
      name: target.repository,
      place: placeText(
        target.host,
        target.path === '.' ? undefined : target.path,
      ),
    };
  }
  const read = describeResourceId(target.id);
  const name = target.name || read.name;
  return {
    name,
    place: placeText(
      target.type ?? read.type,
      target.provider,
      target.accountId && describeResourceId(target.accountId).name,
      target.region,
    ),
    id: name === target.id ? undefined : target.id,
  };
}
