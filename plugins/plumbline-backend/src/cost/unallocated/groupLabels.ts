import type {
  BucketFilters,
  UnallocatedGroup,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { PlumblineDatabase } from '../../database';
import type { CoverageStore } from '../CoverageStore';
import { WASTE } from './bucketFilters';
import type { BucketGroup } from './BucketStore';
import { tagFilterText } from './tagFilter';
import type { ParsedUnallocatedQuery } from './UnallocatedService';

/** What a group is called, and which filters lead to it. @internal */
export type GroupLabel = Pick<
  UnallocatedGroup,
  'label' | 'kind' | 'detail' | 'filters'
>;

/**
 * Names the groups of one page.
 *
 * @internal
 */
export async function labelsOf(
  groups: readonly BucketGroup[],
  query: Pick<ParsedUnallocatedQuery, 'groupBy' | 'tagKey'>,
  stores: { database: PlumblineDatabase; coverage: CoverageStore },
): Promise<(key: string | undefined) => GroupLabel> {
  const { groupBy, tagKey } = query;
  if (groupBy === 'resource') {
    return resourceLabels(groups, stores.coverage);
  }
  if (groupBy === 'account') {
    return accountLabels(groups, stores.database);
  }
  return groupBy === 'tag'
    ? key => tagLabel(key, tagKey)
    : key => chargeLabel(key ?? '', groupBy);
}

async function accountLabels(
  groups: readonly BucketGroup[],
  { knex }: PlumblineDatabase,
): Promise<(key: string | undefined) => GroupLabel> {
  const rows: { native_id: string; name: string | null }[] = await knex(
    'account',
  )
    .whereIn(
      'native_id',
      groups.map(({ key }) => key ?? ''),
    )
    .select('native_id', 'name');
  const names = new Map(rows.map(row => [row.native_id, row.name]));
  return key => ({
    label: (key && (names.get(key) || key)) || 'Charges that name no account',
    filters: { account: key ?? '' },
  });
}

async function resourceLabels(
  groups: readonly BucketGroup[],
  coverage: CoverageStore,
): Promise<(key: string | undefined) => GroupLabel> {
  const labels = await coverage.getResourceLabels(
    groups.map(({ key }) => Number(key)),
  );
  return key => {
    const found = labels.get(Number(key));
    if (!found) {
      return { label: 'A resource that was forgotten meanwhile' };
    }
    const { nativeId, name, provider, accountId, region, type } = found;
    return {
      label:
        name ??
        (nativeId || `Charges of account ${accountId} without a resource`),
      detail: {
        provider,
        accountId,
        resourceId: nativeId,
        ...(region && { region }),
        ...(type && { type }),
      },
    };
  };
}

function tagLabel(
  value: string | undefined,
  key: string | undefined,
): GroupLabel {
  if (key === undefined) {
    return value === undefined
      ? { label: 'Without any tag', kind: 'untagged', filters: { tag: '=' } }
      : { label: 'With tags', filters: { tag: '=*' } };
  }
  return {
    label: value ?? `Without the tag ${key}`,
    ...(value === undefined && { kind: 'untagged' as const }),
    filters: { tag: tagFilterText({ key, value }) },
  };
}

function chargeLabel(key: string, groupBy: 'service' | 'category'): GroupLabel {
  const filters: BucketFilters = { [groupBy]: key };
  return groupBy === 'category' && key === WASTE
    ? { label: 'Commitments that nobody used', kind: 'waste', filters }
    : { label: key || 'Charges without a service', filters };
}
