import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { plain, quoted } from './catalogFile/scalars';

/** The lines of YAML that name resources on an entity, for somebody who adds them by hand. */
export function manualLines(
  values: ReadonlyMap<string, readonly string[]>,
): string {
  const lines = Object.values(ANNOTATIONS).flatMap(key => {
    const list = values.get(key)?.join(',');
    return list === undefined
      ? []
      : [`    ${key}: ${plain(list) ?? quoted(list)}`];
  });
  return ['metadata:', '  annotations:', ...lines, ''].join('\n');
}
