import type { BindingsConfig } from '../BindingsConfig';
import { foldersAbove } from '../repositories/paths';
import type { PathAssignments } from '../repositories/parsePlumblineYaml';
import { repositoryKey } from '../repositories/RepositoryLocator';
import type { ClaimingEntity } from './types';

/** Who has code in a folder or below it: owners, with an empty one for the ownerless. */
export type FolderOwners = (
  repository: { host: string; repository: string },
  path: string,
) => ReadonlySet<string>;

/**
 * Collects whose descriptors lie in each folder, and whom the repositories' own files give paths in it.
 *
 * @param filesOf - what a repository's `.plumbline.yaml` says, by the repository's key
 */
export function folderOwners(
  entities: readonly ClaimingEntity[],
  config: BindingsConfig,
  filesOf: (key: string) => PathAssignments | undefined,
): FolderOwners {
  const owners = new Map<string, Set<string>>();
  const ownerOf = new Map(
    entities.map(({ ref, ownerRef }) => [ref, ownerRef ?? '']),
  );
  const add = (key: string, path: string, owner: string) => {
    for (const folder of foldersAbove(path)) {
      const place = `${key} ${folder}`;
      const present = owners.get(place);
      if (present) {
        present.add(owner);
      } else {
        owners.set(place, new Set([owner]));
      }
    }
  };
  const repositories = new Set<string>();
  for (const entity of entities) {
    for (const claim of entity.claims) {
      if (claim.kind === 'repository') {
        const key = repositoryKey(claim);
        repositories.add(key);
        if (
          claim.matchedBy === 'origin-location' &&
          // On other branches, or at a fork's commit, anyone may put a descriptor into anyone's folder.
          config.defaultBranches.has(claim.ref ?? '') &&
          !config.centralCatalogs.has(key)
        ) {
          add(key, claim.path, entity.ownerRef ?? '');
        }
      }
    }
  }
  for (const key of repositories) {
    for (const [ref, paths] of Object.entries(filesOf(key) ?? {})) {
      for (const path of paths) {
        // An entity the catalog does not have is somebody else's all the same.
        add(key, path, ownerOf.get(ref as ClaimingEntity['ref']) ?? ref);
      }
    }
  }
  const nobody: ReadonlySet<string> = new Set();
  return (repository, path) =>
    owners.get(`${repositoryKey(repository)} ${path}`) ?? nobody;
}
