import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { plainText } from '../plainText';

const MAX_LISTED = 3;

/** The sentences that say why a link is confirmed, and what would confirm it. */
export const proofReasons = {
  mapped: (what: 'resource' | 'account' | 'path') =>
    `The operator's map gives this ${what} to the entity.`,

  tagged: (tag: string, entity: EntityRef) =>
    `The resource carries the tag ${tag}=${entity}.`,

  claimed: (annotation: string, tag: string, entity: EntityRef) =>
    `Only the annotation ${annotation} says so; the tag ${tag}=${entity} on the resource, or an entry in the operator's map, would confirm it.`,

  anyTag:
    " Of InfraWallet's tags one is enough; Plumbline's own selector, aws.amazon.com/cost-insights-tags, takes what carries all of them.",

  leftOver: (annotation: string) =>
    `Nobody else claims it, and the annotation ${annotation} claims the rest of its account; an entry in the operator's map would confirm it.`,

  contestedAccount: (annotation: string, others: readonly EntityRef[]) =>
    `The annotation ${annotation} claims the rest of the account, and so do ${listed(
      others,
    )}, so nobody gets it; let each name its resources, or give the account to one entity in plumbline.bindings.map.`,

  logGroup: (functionName: string, tag: string, entity: EntityRef) =>
    `It is the log group of the function ${functionName}, whose cost the entity has; the tag ${tag}=${entity} on the log group, or an entry in the operator's map, would confirm it.`,

  strangerTag: (tag: string, value: string) =>
    ` Its tag ${tag} says '${plainText(
      value,
      120,
    )}', which is no Component or Resource of this catalog.`,

  taggedForOther: (tag: string, other: EntityRef) =>
    `The resource's tag ${tag} names ${other}, and its cost counts there; correct the tag or remove the claim.`,

  lost: (other: EntityRef) =>
    `${other} has the more specific or older link, and the cost counts there; correct one of the two.`,
};

function listed(refs: readonly EntityRef[]): string {
  const more = refs.length - MAX_LISTED;
  return more > 0
    ? `${refs.slice(0, MAX_LISTED).join(', ')} and ${more} more`
    : refs.join(' and ');
}
