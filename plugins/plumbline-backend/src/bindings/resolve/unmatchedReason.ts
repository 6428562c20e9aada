import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import type { Claim } from '../claims';

/** Why a claim that was understood names nothing, and what to do. */
export function unmatchedReason(claim: Claim): string {
  switch (claim.kind) {
    case 'lambda-name':
      return `No imported bill has a Lambda function of this name${
        claim.region ? ` in ${claim.region}` : ''
      }${
        claim.accountId ? ` in account ${claim.accountId}` : ''
      }; check name, region and account. A new function appears with the next import.`;
    case 'tag-selector':
      return claim.annotation === ANNOTATIONS.costInsightsCostCategories
        ? 'Nothing billed lies in all of these cost categories; check names and values, whose case counts, and that a Cost Explorer source tells costs apart by them.'
        : 'No billed resource carries all of these tags; check keys and values, whose case counts, and that the tags are activated for billing.';
    case 'account':
      return 'No imported bill has a line of this account; check its id, or ask the operator to import its bill.';
    default:
      return 'No imported bill has a line of this resource; check account, region and name. A new resource appears with the next import.';
  }
}
