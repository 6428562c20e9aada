import type { BindingTarget } from '@plumbline/backstage-plugin-plumbline-common';

/** How a bound thing is named to a person: a name, where it lies, and its full id where that says more. */
export function describeTarget(target: BindingTarget): {
  name: string;
  place: string;
  id?: string;
} {
  if (target.kind === 'repository') {
    return {
      name: target.repository,
      place: [target.host, target.path]
        .filter(part => part !== '' && part !== '.')
        .join(' \u00b7 '),
    };
  }
  const name = target.name ?? shortName(target.id);
  return {
    name,
    place: [target.type, target.provider, target.accountId, target.region]
      .filter(part => part !== undefined && part !== '')
      .join(' \u00b7 '),
    id: name === target.id ? undefined : target.id,
  };
}

function shortName(id: string): string {
  return id.split(/[/:]/).filter(Boolean).pop() ?? id;
}
