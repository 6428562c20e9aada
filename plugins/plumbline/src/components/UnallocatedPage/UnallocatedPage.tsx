import { useState } from 'react';
import { Alert, Button, Text } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import type {
  ClaimProposal,
  UnallocatedCosts,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  formatAmount,
  formatChange,
  formatDay,
  freshnessText,
  missingText,
} from '../../format';
import { answerOf } from '../../hooks';
import { CsvButton } from '../CostTable';
import { explainFailure, Failure } from '../Failure';
import { FreshnessBanner } from '../FreshnessBanner';
import { Section } from '../Section';
import { Breadcrumbs } from './Breadcrumbs';
import { ClaimDialog } from './ClaimDialog';
import { ClaimsList } from './ClaimsList';
import { Controls } from './Controls';
import { GroupsTable } from './GroupsTable';
import { groupsCsv } from './groupsCsv';
import { toQuery, type UnallocatedSelection } from './unallocatedSelection';
import { useSelection, useTagKeys, useUnallocated } from './useUnallocated';
import { bucketOptions, bucketSentences } from './words';
import styles from './UnallocatedPage.module.css';

const WHAT = 'what nobody has claimed';

/** What belongs to no entity, from accounts down to resources, and "this is ours". */
export function UnallocatedPage() {
  const { selection, select } = useSelection();
  const query = toQuery(selection);
  const { call, retry, showMore } = useUnallocated(query);
  const costs = answerOf(call);
  const tagKeys = useTagKeys(query, selection.groupBy === 'tag');
  const [version, setVersion] = useState(0);
  const loading = call.status === 'loading';
  const hidden =
    call.status === 'failed' &&
    explainFailure(call.error, WHAT).kind === 'not-visible';
  return (
    <div className={styles.page}>
      <Controls
        key={selection.filters.search ?? ''}
        selection={selection}
        costs={costs}
        tagKeys={answerOf(tagKeys.call)}
        onSelect={select}
      />
      <Breadcrumbs selection={selection} />
      <div className={styles.progress} role="status">
        {loading && <LinearProgress aria-label={`Loading ${WHAT}`} />}
      </div>
      {hidden && (
        <Alert
          status="info"
          icon
          title="Not visible to you"
          description="Who sees cost that belongs to no entity is decided by this portal's permission policy, or by who owns the two buckets (plumbline.buckets.owner)."
        />
      )}
      {call.status === 'failed' && !hidden && (
        <Failure what={WHAT} error={call.error} onRetry={retry} />
      )}
      {!hidden && costs && (
        <Groups
          // What was chosen in one list is not chosen in another.
          key={JSON.stringify(query)}
          selection={selection}
          costs={costs}
          onMore={showMore}
          onClaimed={() => setVersion(count => count + 1)}
        />
      )}
      <ClaimsList version={version} />
    </div>
  );
}

function Groups(props: {
  selection: UnallocatedSelection;
  costs: UnallocatedCosts;
  onMore: () => void;
  onClaimed: () => void;
}) {
  const { selection, costs, onMore, onClaimed } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [claims, setClaims] = useState(false);
  const { currency = '', groups, comparison } = costs;
  const filtered = Object.keys(selection.filters).length > 0;
  const claimable = costs.bucket === 'unallocated' && groups.length > 0;
  const missing = missingText(costs);

  const choose = (key: string, is: boolean) =>
    setChosen(before => {
      const after = new Set(before);
      if (is) {
        after.add(key);
      } else {
        after.delete(key);
      }
      return after;
    });

  const claimed: Omit<ClaimProposal, 'entityRef' | 'note'> = {
    from: costs.from,
    to: costs.to,
    ...(chosen.size > 0
      ? { resourceIds: [...chosen] }
      : { filters: selection.filters }),
  };
  const count = chosen.size || costs.resources;

  return (
    <>
      <FreshnessBanner freshness={costs.freshness} />
      {missing && (
        <Text as="p" color="secondary">
          {missing}
        </Text>
      )}
      <Section
        title={`${
          bucketOptions.find(({ id }) => id === costs.bucket)?.label
        } cost`}
        description={bucketSentences[costs.bucket]}
        actions={
          groups.length > 0 && (
            <CsvButton
              fileName={`${costs.bucket}-${costs.groupBy}-${costs.from}.csv`}
              label="Save what is listed as CSV"
              content={() => groupsCsv(costs)}
            />
          )
        }
      >
        {groups.length === 0 ? (
          <Text as="p">{emptyText(costs, filtered)}</Text>
        ) : (
          <>
            <div className={styles.figures}>
              <Text as="p" variant="title-small" weight="bold">
                {formatAmount(costs.total, currency)}
              </Text>
              <Text as="p" color="secondary">
                {costs.resources === 1
                  ? '1 resource'
                  : `${costs.resources} resources`}
                {comparison?.change &&
                  `, ${formatChange(
                    comparison.change,
                  )} against the days from ${formatDay(comparison.from)}`}
                . {freshnessText(costs.freshness)}.
              </Text>
            </div>
            {costs.withoutDetail && (
              <Text as="p" color="secondary">
                {`${formatAmount(
                  costs.withoutDetail,
                  currency,
                )} more belong to nobody, without a resource that they could be told by.`}
              </Text>
            )}
            <GroupsTable
              selection={selection}
              costs={costs}
              chosen={
                claimable && costs.groupBy === 'resource' ? chosen : undefined
              }
              onChoose={choose}
              onMore={onMore}
            />
            {claimable && (filtered || chosen.size > 0) && (
              <div className={styles.actions}>
                <Button onPress={() => setClaims(true)}>
                  {chosen.size > 0
                    ? `This is ours (${chosen.size})`
                    : 'All of this is ours'}
                </Button>
              </div>
            )}
          </>
        )}
      </Section>
      {claims && (
        <ClaimDialog
          claimed={claimed}
          what={
            count === 1
              ? 'You claim one resource that nobody has.'
              : `You claim ${count} resources that nobody has.`
          }
          onClose={() => setClaims(false)}
          onClaimed={onClaimed}
        />
      )}
    </>
  );
}

function emptyText(costs: UnallocatedCosts, filtered: boolean): string {
  if (costs.freshness.dataThrough === undefined) {
    return 'No bill has been collected yet. Until then nobody can say what belongs to whom.';
  }
  if (costs.withoutDetail) {
    return 'It is not known which resources this cost came from.';
  }
  if (filtered) {
    return 'Nothing here fits. It may belong to somebody by now.';
  }
  return costs.bucket === 'unallocated'
    ? 'Everything has an owner on these days.'
    : 'Nothing is shared on these days.';
}
