import type { BilledResource } from '@plumbline/backstage-plugin-plumbline-node';
import type { DetailKey } from '../config';

const CONTROLS = /\p{Cc}/gu;
const LONGEST = 255;

/** Text as databases take it: without control characters, not too long. @internal */
export function clean(text: string): string {
  return text
    .replace(CONTROLS, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .slice(0, LONGEST)
    .replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Key that a cost category stands under among the tags of a resource, so that neither passes for the other.
 * Annotations select by it: see `costCategoryClaims` in the back end.
 *
 * @internal
 */
export function tagOfCostCategory(name: string): string {
  return `costCategory:${name}`;
}

/**
 * What Cost Explorer tells apart in place of resources: the usage of an account that has one value of a tag or of a
 * cost category; and, with an empty id, the rest of the account.
 *
 * @internal
 */
export function resourceOf(
  account: { id: string; name?: string },
  detail?: { by: DetailKey; value: string },
): BilledResource {
  const common = {
    provider: 'AWS',
    accountId: clean(account.id),
    accountName: account.name && clean(account.name),
  };
  if (!detail) {
    return { ...common, resourceId: '', tags: {} };
  }
  const { type, key } = detail.by;
  const value = clean(detail.value);
  const isTag = type === 'tag';
  const tag = isTag ? key : tagOfCostCategory(key);
  return {
    ...common,
    resourceId: `cost-explorer:${common.accountId}/${tag}=${value}`,
    name: `${key}=${value}`,
    type: isTag ? 'Tag' : 'Cost category',
    tags: { [tag]: value },
  };
}
