import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { normalizePath } from '../repositories/paths';
import type { RepositoryLocator } from '../repositories/RepositoryLocator';

/** A state file that the operator named, and whose it is. */
export interface ConfiguredState {
  name: string;
  /** Where it is read. */
  from: { url: string } | { path: string };
  /** The entity it belongs to, or where the code lies that it is the state of. */
  of:
    | { entity: EntityRef }
    | { host: string; repository: string; path: string };
}

/**
 * Reads `plumbline.bindings.states`.
 *
 * @throws InputError naming the key and what to write there
 */
export function readStatesConfig(
  root: Config,
  locator: RepositoryLocator,
): ConfiguredState[] {
  const names = new Set<string>();
  const entries =
    root.getOptionalConfigArray('plumbline.bindings.states') ?? [];
  return entries.map((entry, index) => {
    const key = `plumbline.bindings.states[${index}]`;
    const name = entry.getString('name');
    if (!/^[\w .:/-]{1,128}$/.test(name) || names.has(name)) {
      throw new InputError(
        `${key}.name is '${name}'; give each state a name of its own, of at most 128 letters, digits and -_./: `,
      );
    }
    names.add(name);
    return {
      name,
      from: readFrom(entry, key),
      of: readOf(entry, key, locator),
    };
  });
}

function readFrom(entry: Config, key: string): ConfiguredState['from'] {
  const url = entry.getOptionalString('url');
  const path = entry.getOptionalString('path');
  if ((url === undefined) === (path === undefined)) {
    throw new InputError(
      `${key} needs either 'url' or 'path': where the state file is read`,
    );
  }
  return url === undefined ? { path: path as string } : { url };
}

function readOf(
  entry: Config,
  key: string,
  locator: RepositoryLocator,
): ConfiguredState['of'] {
  const entity = entry.getOptionalString('entity');
  const code = entry.getOptionalConfig('code');
  if ((entity === undefined) === (code === undefined)) {
    throw new InputError(
      `${key} needs either 'entity' or 'code': whose resources it holds, or where their code lies`,
    );
  }
  if (entity !== undefined) {
    return { entity: toEntityRef(entity) };
  }
  const url = (code as Config).getString('url');
  const place = locator.locate(url);
  if ('reason' in place) {
    throw new InputError(
      `${key}.code.url is '${url}', which leads to no repository: ${place.reason}`,
    );
  }
  const path = normalizePath(
    (code as Config).getOptionalString('path') ?? place.path,
  );
  if (path === undefined) {
    throw new InputError(
      `${key}.code.path is a folder of the repository, such as stacks/checkout`,
    );
  }
  return { host: place.host, repository: place.repository, path };
}
