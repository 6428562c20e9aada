import type {
  BucketFilters,
  BucketName,
  ClaimState,
  UnallocatedGroupBy,
} from '@plumbline/backstage-plugin-plumbline-common';

export const bucketOptions: { id: BucketName; label: string }[] = [
  { id: 'unallocated', label: 'Unallocated' },
  { id: 'shared', label: 'Shared' },
];

/** What each bucket is, in a sentence. */
export const bucketSentences: Record<BucketName, string> = {
  unallocated: 'Usage that no entity claims, by the day of the charge.',
  shared:
    'What by its nature has no single owner: taxes, credits, fees, and commitments that nobody used. By the day of the charge.',
};

export const groupingOptions: { id: UnallocatedGroupBy; label: string }[] = [
  { id: 'account', label: 'Account' },
  { id: 'service', label: 'Service' },
  { id: 'category', label: 'Charge category' },
  { id: 'tag', label: 'Tag' },
  { id: 'resource', label: 'Resource' },
];

/** What a row of a table is. */
export const groupingTitles: Record<UnallocatedGroupBy, string> = {
  account: 'Account',
  service: 'Service',
  category: 'Charge category',
  tag: 'Tag',
  resource: 'Resource',
};

export const claimStateLabels: Record<ClaimState, string> = {
  open: 'Waits for a decision',
  accepted: 'Accepted, to be done',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  superseded: 'Overtaken: the resources belong to another',
  done: 'Done',
};

/** What a filter leaves, for the way down to it. */
export function filterLabel(name: keyof BucketFilters, value: string): string {
  if (name === 'account') {
    return value === '' ? 'No account named' : `Account ${value}`;
  }
  if (name === 'category') {
    return value === 'waste' ? 'Commitments that nobody used' : value;
  }
  if (name === 'search') {
    return `\u201c${value}\u201d`;
  }
  return name === 'tag' ? tagLabel(value) : value;
}

function tagLabel(value: string): string {
  if (value === '=') {
    return 'Without any tag';
  }
  if (value === '=*') {
    return 'With tags';
  }
  const at = value.indexOf('=');
  const key = value
    .slice(0, at)
    .replace(/%(25|3D)/gi, code => (code === '%25' ? '%' : '='));
  const text = value.slice(at + 1);
  return text === '' ? `Without the tag ${key}` : `${key} = ${text}`;
}
