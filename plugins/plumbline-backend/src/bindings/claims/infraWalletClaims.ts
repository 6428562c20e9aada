import type { Entity } from '@backstage/catalog-model';
import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalAccountId } from './canonical';
import { listOf, malformed, textOf } from './listOf';
import type { ClaimKind, ExtractedClaims, Within } from './types';

const {
  infraWalletProject: project,
  infraWalletAccount: account,
  infraWalletProvider: provider,
  infraWalletTags: tags,
} = ANNOTATIONS;

/** What narrows charges, where Plumbline gives whole resources. */
const UNSUPPORTED: Record<string, string> = {
  [ANNOTATIONS.infraWalletService]:
    'A service is no resource that could belong to an entity.',
  [ANNOTATIONS.infraWalletCategory]:
    'A category is no resource that could belong to an entity.',
  [ANNOTATIONS.infraWalletExtraFilters]:
    'Further filters of InfraWallet are not known here.',
};

const INSTEAD =
  "Name the entity's resources, or select them with aws.amazon.com/cost-insights-tags (all tags must be there).";

/** Where these are, InfraWallet's annotations are what is left from before, and say nothing. */
const OWN = [
  ANNOTATIONS.awsArn,
  ANNOTATIONS.amazonawsArn,
  ANNOTATIONS.amazonawsAccountId,
  ANNOTATIONS.dynamoDbTableArn,
  ANNOTATIONS.resourceIds,
  ANNOTATIONS.lambdaFunctionName,
  ANNOTATIONS.costInsightsTags,
  ANNOTATIONS.costInsightsCostCategories,
];

/**
 * InfraWallet's annotations, with the meaning they have there: each narrows what the others say, and of its tags
 * (`key: value, key: value`) one is enough.
 */
export const infraWalletClaims: ClaimKind = {
  extract(entity) {
    const says = (annotation: string) =>
      textOf(entity, annotation) !== undefined;
    if (OWN.some(says)) {
      return { claims: [], unresolved: [] };
    }
    const unsupported = Object.keys(UNSUPPORTED).filter(says);
    if (unsupported.length > 0) {
      // Without the filter more would be claimed than was meant.
      return {
        claims: [],
        unresolved: unsupported.map(annotation =>
          malformed(
            annotation,
            textOf(entity, annotation) ?? '',
            `${UNSUPPORTED[annotation]} ${INSTEAD}`,
          ),
        ),
      };
    }
    if (says(tags)) {
      return tagClaims(entity);
    }
    const accounts = accountsOf(entity);
    if (says(provider) && accounts.values.length === 0) {
      accounts.unresolved.push(
        malformed(
          provider,
          textOf(entity, provider) ?? '',
          `A whole provider belongs to no single entity. ${INSTEAD}`,
        ),
      );
    }
    return {
      claims: accounts.values.map(({ annotation, value }) => ({
        kind: 'account',
        annotation,
        value,
        accountId: canonicalAccountId(value),
      })),
      unresolved: accounts.unresolved,
    };
  },
};

function tagClaims(entity: Entity): ExtractedClaims {
  const { values, unresolved } = listOf(entity, tags);
  const accounts = accountsOf(entity);
  if (accounts.unresolved.length > 0) {
    return { claims: [], unresolved: accounts.unresolved };
  }
  const within: Within = {
    provider: textOf(entity, provider)?.trim().toLowerCase(),
    ...(accounts.values.length > 0 && {
      accountIds: accounts.values.map(({ value }) => canonicalAccountId(value)),
    }),
  };
  const found: ExtractedClaims = { claims: [], unresolved };
  for (const pair of values) {
    const [, key, value] = /^([^:]+):(.+)$/.exec(pair) ?? [];
    if (key?.trim() && value?.trim()) {
      found.claims.push({
        kind: 'tag-selector',
        annotation: tags,
        value: pair,
        tags: [[key.trim(), value.trim()]],
        within,
      });
    } else {
      found.unresolved.push(
        malformed(
          tags,
          pair,
          'A tag of InfraWallet is written key: value with neither side empty.',
        ),
      );
    }
  }
  return found;
}

/** Accounts and projects by their ids; InfraWallet writes an account as `name (id)` too. */
function accountsOf(entity: Entity) {
  const found: {
    values: { annotation: string; value: string }[];
    unresolved: ExtractedClaims['unresolved'];
  } = { values: [], unresolved: [] };
  for (const annotation of [account, project]) {
    const { values, unresolved } = listOf(entity, annotation);
    found.unresolved.push(...unresolved);
    for (const text of values) {
      const value = /\(([^()]+)\)$/.exec(text)?.[1] ?? text;
      if (/\s/.test(value)) {
        found.unresolved.push(
          malformed(
            annotation,
            text,
            'This is a name; write the id of the account, subscription or project.',
          ),
        );
      } else {
        found.values.push({ annotation, value });
      }
    }
  }
  return found;
}
