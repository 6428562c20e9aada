import {
  PLUMBLINE_YAML,
  type MatchedBy,
  type Proof,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { BindingsConfig } from '../BindingsConfig';
import type { RepositoryClaim, UnresolvedClaim } from '../claims';
import type { PathAssignments } from '../repositories/parsePlumblineYaml';
import { isWithin } from '../repositories/paths';
import { repositoryKey } from '../repositories/RepositoryLocator';
import { folderOwners, type FolderOwners } from './folderOwners';
import { proofReasons } from './proofReasons';
import type { ClaimingEntity } from './types';

/** What is known of a repository's `.plumbline.yaml`. */
export interface KnownFile {
  assignments?: PathAssignments;
  problem?: string;
}

/** A link between an entity and a path of a repository as it should be. */
export interface DesiredRepository {
  host: string;
  repository: string;
  path: string;
  matchedBy: MatchedBy;
  proof: Proof;
  reason: string;
}

/** An entity's repositories, and what stood in the way. */
export interface RepositoryDecision {
  repositories: DesiredRepository[];
  unresolved: UnresolvedClaim[];
}

/**
 * Decides which paths of which repositories are an entity's code, and what proves it. Both sides must agree: a
 * repository's file proves a path only to an entity that claims the repository, and a claim alone proves nothing.
 *
 * @param fileOf - by the repository's key; undefined where it has no file
 */
export function resolveRepositories(
  entities: readonly ClaimingEntity[],
  config: BindingsConfig,
  fileOf: (key: string) => KnownFile | undefined,
): Map<number, RepositoryDecision> {
  const trustedFileOf = (key: string) =>
    config.centralCatalogs.has(key) ? undefined : fileOf(key);
  const owners = folderOwners(
    entities,
    config,
    key => trustedFileOf(key)?.assignments,
  );
  return new Map(
    entities.map(entity => [
      entity.id,
      decide(entity, config, trustedFileOf, owners),
    ]),
  );
}

function decide(
  entity: ClaimingEntity,
  config: BindingsConfig,
  fileOf: (key: string) => KnownFile | undefined,
  owners: FolderOwners,
): RepositoryDecision {
  const claims = entity.claims.filter(claim => claim.kind === 'repository');
  const found: DesiredRepository[] = (
    config.map.repositories.get(entity.ref) ?? []
  ).flatMap(({ host, repository, paths }) =>
    paths.map(path => ({
      host,
      repository,
      path,
      matchedBy: 'operator-map' as const,
      proof: 'proven' as const,
      reason: proofReasons.mapped('path'),
    })),
  );
  const unresolved: UnresolvedClaim[] = [];
  for (const claim of firstOfEachRepository(claims)) {
    const file = fileOf(repositoryKey(claim));
    if (file?.problem) {
      unresolved.push({
        annotation: claim.annotation,
        value: claim.value,
        reason: `${file.problem}.`,
      });
    }
    for (const path of file?.assignments?.[entity.ref] ?? []) {
      found.push({
        host: claim.host,
        repository: claim.repository,
        path,
        matchedBy: 'repository-file',
        proof: 'proven',
        reason: `${PLUMBLINE_YAML} on the repository's default branch gives this path to the entity.`,
      });
    }
  }
  for (const claim of codeClaims(claims)) {
    if (!found.some(link => covers(link, claim))) {
      found.push({
        host: claim.host,
        repository: claim.repository,
        path: claim.path,
        matchedBy: claim.matchedBy,
        ...proofOf(claim, entity, config, owners),
      });
    }
  }
  return { repositories: unique(found), unresolved };
}

/** Without the descriptor's folder where the source is said to lie elsewhere: that folder is not the code. */
function codeClaims(claims: RepositoryClaim[]): RepositoryClaim[] {
  const origin = claims.find(
    ({ matchedBy }) => matchedBy === 'origin-location',
  );
  const source = claims.find(
    ({ matchedBy }) => matchedBy === 'source-location',
  );
  const elsewhere =
    origin &&
    source &&
    !(
      repositoryKey(origin) === repositoryKey(source) &&
      isWithin(source.path, origin.path)
    );
  return elsewhere ? claims.filter(claim => claim !== origin) : claims;
}

/** Whether a link found before makes a claim needless: a confirmed one of the same place, or any for a mere name. */
function covers(link: DesiredRepository, claim: RepositoryClaim): boolean {
  if (repositoryKey(link) !== repositoryKey(claim)) {
    return false;
  }
  return (
    claim.matchedBy === 'project-slug' ||
    isWithin(claim.path, link.path) ||
    (link.matchedBy === 'repository-file' && isWithin(link.path, claim.path))
  );
}

function proofOf(
  claim: RepositoryClaim,
  entity: ClaimingEntity,
  config: BindingsConfig,
  owners: FolderOwners,
): { proof: Proof; reason: string } {
  const confirm = `an entry for ${entity.ref} in ${PLUMBLINE_YAML} on the default branch of ${claim.repository}, or in the operator's map, would confirm it.`;
  if (claim.matchedBy !== 'origin-location') {
    return {
      proof: 'claimed',
      reason: `Only the annotation ${claim.annotation} says so; ${confirm}`,
    };
  }
  if (config.centralCatalogs.has(repositoryKey(claim))) {
    return {
      proof: 'claimed',
      reason:
        "The entity's descriptor lies in a central catalog, which proves nothing; name the code with backstage.io/source-location and confirm it there.",
    };
  }
  if (!claim.ref || !config.defaultBranches.has(claim.ref)) {
    return {
      proof: 'claimed',
      reason: `The entity's descriptor was not read from a default branch; ${confirm}`,
    };
  }
  const inFolder = owners(claim, claim.path);
  if (inFolder.size > 1) {
    return {
      proof: 'claimed',
      reason: `The folder of the entity's descriptor holds entities of ${inFolder.size} owners, so it cannot be told whose code it is; ${confirm}`,
    };
  }
  return {
    proof: 'proven',
    reason: "The entity's own descriptor lies in this folder.",
  };
}

function firstOfEachRepository(claims: RepositoryClaim[]): RepositoryClaim[] {
  const first = new Map<string, RepositoryClaim>();
  for (const claim of claims) {
    const key = repositoryKey(claim);
    first.set(key, first.get(key) ?? claim);
  }
  return [...first.values()];
}

function unique(links: DesiredRepository[]): DesiredRepository[] {
  const found = new Map<string, DesiredRepository>();
  for (const link of links) {
    const key = `${repositoryKey(link)} ${link.path}`;
    found.set(key, found.get(key) ?? link);
  }
  return [...found.values()];
}
