import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalAccountId } from './canonical';
import { listOf, malformed } from './listOf';
import { parseArn } from './parseArn';
import type { ClaimKind, ExtractedClaims } from './types';

const ARN_ANNOTATIONS = [
  ANNOTATIONS.awsArn,
  ANNOTATIONS.amazonawsArn,
  ANNOTATIONS.dynamoDbTableArn,
];

/** Resources by ARN. The ARN of a whole account, as Backstage's AWS module writes it, claims the account. */
export const arnClaims: ClaimKind = {
  extract(entity) {
    const found: ExtractedClaims = { claims: [], unresolved: [] };
    for (const annotation of ARN_ANNOTATIONS) {
      const { values, unresolved } = listOf(entity, annotation);
      found.unresolved.push(...unresolved);
      for (const value of values) {
        const arn = parseArn(value);
        const account =
          arn?.service === 'organizations'
            ? /^account\/[^/]+\/(\d{12})$/.exec(arn.resource)?.[1]
            : undefined;
        if (!arn) {
          found.unresolved.push(
            malformed(
              annotation,
              value,
              'This is no ARN; write it as arn:aws:service:region:account:resource.',
            ),
          );
        } else if (account) {
          found.claims.push({
            kind: 'account',
            annotation,
            value,
            accountId: canonicalAccountId(account),
          });
        } else {
          found.claims.push({
            kind: 'resource-id',
            matchedBy: 'arn',
            annotation,
            value,
            id: value,
          });
        }
      }
    }
    return found;
  },
};
