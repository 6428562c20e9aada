import type { Entity } from '@backstage/catalog-model';
import type { RepositoryLocator } from '../repositories/RepositoryLocator';
import { accountClaims } from './accountClaims';
import { arnClaims } from './arnClaims';
import { costCategoryClaims } from './costCategoryClaims';
import { infraWalletClaims } from './infraWalletClaims';
import { lambdaNameClaims } from './lambdaNameClaims';
import { repositoryClaims } from './repositoryClaims';
import { resourceIdClaims } from './resourceIdClaims';
import { tagSelectorClaims } from './tagSelectorClaims';
import type { ExtractedClaims } from './types';

/** Grows when claims are read in another way, so that stored ones are read anew. */
const VERSION = 4;

/** Kinds of entity that have figures of their own, and so may claim. */
const CLAIMING_KINDS = new Set(['component', 'resource']);

/** Reads everything an entity claims. */
export type ClaimExtractor = {
  extract(entity: Entity): ExtractedClaims;
  /** Of the reading and of what it depends on. */
  version: string;
};

/** Every kind of claim, one file each. */
export function createClaimExtractor(
  locator: RepositoryLocator,
): ClaimExtractor {
  const kinds = [
    arnClaims,
    resourceIdClaims,
    lambdaNameClaims,
    tagSelectorClaims,
    costCategoryClaims,
    accountClaims,
    infraWalletClaims,
    repositoryClaims(locator),
  ];
  return {
    version: `${VERSION}|${locator.hosts.join('|')}`,
    extract(entity) {
      if (!CLAIMING_KINDS.has(entity.kind.toLowerCase())) {
        return { claims: [], unresolved: [] };
      }
      const found = kinds.map(kind => kind.extract(entity));
      return {
        claims: found.flatMap(({ claims }) => claims),
        unresolved: found.flatMap(({ unresolved }) => unresolved),
      };
    },
  };
}
