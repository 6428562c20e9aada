import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalAccountId } from './canonical';
import { listOf, malformed, textOf } from './listOf';
import { lambdaFunctionOf, parseArn } from './parseArn';
import type { ClaimKind, ExtractedClaims } from './types';

const annotation = ANNOTATIONS.lambdaFunctionName;

/**
 * Lambda functions by name. The region annotation and the account annotation narrow the name; where neither is
 * given, the function of that name is meant in every account that has one, each with its environment.
 */
export const lambdaNameClaims: ClaimKind = {
  extract(entity) {
    const { values, unresolved } = listOf(entity, annotation);
    const found: ExtractedClaims = { claims: [], unresolved };
    if (values.length === 0) {
      return found;
    }
    const region = textOf(entity, ANNOTATIONS.lambdaRegion)?.trim();
    if (region && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      found.unresolved.push(
        malformed(
          ANNOTATIONS.lambdaRegion,
          region,
          'This is no AWS region, so no function is looked up; write it as eu-west-1.',
        ),
      );
      return found;
    }
    const account = textOf(entity, ANNOTATIONS.amazonawsAccountId)?.trim();
    for (const value of values) {
      if (lambdaFunctionOf(parseArn(value))) {
        found.claims.push({
          kind: 'resource-id',
          matchedBy: 'arn',
          annotation,
          value,
          id: value,
        });
      } else if (/^[\w-]{1,140}$/.test(value)) {
        found.claims.push({
          kind: 'lambda-name',
          annotation,
          value,
          name: value,
          region: region || undefined,
          accountId: account ? canonicalAccountId(account) : undefined,
        });
      } else {
        found.unresolved.push(
          malformed(
            annotation,
            value,
            'This is no name of a Lambda function: letters, digits, - and _ only.',
          ),
        );
      }
    }
    return found;
  },
};
