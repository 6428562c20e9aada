import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalAccountId } from './canonical';
import { listOf, malformed, textOf } from './listOf';
import type { ClaimKind, ExtractedClaims } from './types';

const annotation = ANNOTATIONS.amazonawsAccountId;

/** Annotations beside which an account says where the resources are, whether they could be read or not. */
const NARROWING = [
  ANNOTATIONS.awsArn,
  ANNOTATIONS.amazonawsArn,
  ANNOTATIONS.dynamoDbTableArn,
  ANNOTATIONS.resourceIds,
  ANNOTATIONS.lambdaFunctionName,
  ANNOTATIONS.costInsightsTags,
  ANNOTATIONS.costInsightsCostCategories,
];

/**
 * What is left over of AWS accounts. On an entity that names or selects resources the account says where they
 * are, and claims nothing of its own.
 */
export const accountClaims: ClaimKind = {
  extract(entity) {
    const { values, unresolved } = listOf(entity, annotation);
    const found: ExtractedClaims = { claims: [], unresolved };
    const narrows = NARROWING.some(
      other => textOf(entity, other) !== undefined,
    );
    for (const value of values) {
      if (!/^\d{12}$/.test(value)) {
        found.unresolved.push(
          malformed(
            annotation,
            value,
            'This is no AWS account id; write its twelve digits in quotes.',
          ),
        );
      } else if (!narrows) {
        found.claims.push({
          kind: 'account',
          annotation,
          value,
          accountId: canonicalAccountId(value),
        });
      }
    }
    return found;
  },
};
