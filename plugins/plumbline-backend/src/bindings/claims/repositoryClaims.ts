import { parseLocationRef, type Entity } from '@backstage/catalog-model';
import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import type { RepositoryLocator } from '../repositories/RepositoryLocator';
import { malformed, textOf } from './listOf';
import type { ClaimKind, ExtractedClaims, RepositoryClaim } from './types';

/**
 * Repositories: where the entity's descriptor lies, where it says its source is, and the GitHub project it names.
 */
export function repositoryClaims(locator: RepositoryLocator): ClaimKind {
  return {
    extract(entity) {
      const found: ExtractedClaims = { claims: [], unresolved: [] };
      // The catalog writes both itself. The file the entity was read from is its own descriptor; the origin
      // may be a list of locations that somebody else keeps.
      const descriptor = [
        ANNOTATIONS.managedByLocation,
        ANNOTATIONS.managedByOriginLocation,
      ].find(annotation => textOf(entity, annotation)?.startsWith('url:'));
      const origin =
        descriptor &&
        locationClaim(entity, descriptor, 'origin-location', locator, found);
      locationClaim(
        entity,
        ANNOTATIONS.sourceLocation,
        'source-location',
        locator,
        found,
      );
      slugClaim(entity, origin?.host, locator, found);
      return found;
    },
  };
}

function locationClaim(
  entity: Entity,
  annotation: string,
  matchedBy: 'origin-location' | 'source-location',
  locator: RepositoryLocator,
  found: ExtractedClaims,
): RepositoryClaim | undefined {
  const value = textOf(entity, annotation)?.trim();
  if (value === undefined) {
    return undefined;
  }
  const url = urlOf(value);
  const place = url
    ? locator.locate(url)
    : {
        reason:
          'Only locations of type url can be linked; write it as url:https://host/owner/repository/tree/branch/folder/.',
      };
  if ('reason' in place) {
    found.unresolved.push(malformed(annotation, value, place.reason));
    return undefined;
  }
  const claim: RepositoryClaim = {
    kind: 'repository',
    matchedBy,
    annotation,
    value,
    ...place,
    path:
      matchedBy === 'origin-location'
        ? place.path.split('/').slice(0, -1).join('/')
        : place.path,
  };
  found.claims.push(claim);
  return claim;
}

function slugClaim(
  entity: Entity,
  originHost: string | undefined,
  locator: RepositoryLocator,
  found: ExtractedClaims,
) {
  const annotation = ANNOTATIONS.githubProjectSlug;
  const value = textOf(entity, annotation)?.trim();
  if (value === undefined) {
    return;
  }
  if (!/^[\w-]+\/(?!\.{1,2}$)[\w.-]+$/.test(value)) {
    found.unresolved.push(
      malformed(
        annotation,
        value,
        'This is no GitHub project; write it as owner/name.',
      ),
    );
    return;
  }
  found.claims.push({
    kind: 'repository',
    matchedBy: 'project-slug',
    annotation,
    value,
    host: locator.githubHost(originHost),
    repository: value,
    path: '',
  });
}

function urlOf(value: string): string | undefined {
  try {
    const { type, target } = parseLocationRef(value);
    return type === 'url' ? target : undefined;
  } catch {
    // Not a location reference at all: the caller says what one looks like.
    return undefined;
  }
}
