import { useState } from 'react';
import { Alert, Button, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Claim } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { formatAgo } from '../../format';
import { answerOf } from '../../hooks';
import { Failure } from '../Failure';
import { Section } from '../Section';
import { Instructions } from './Instructions';
import { useClaims } from './useUnallocated';
import { claimStateLabels } from './words';
import styles from './UnallocatedPage.module.css';

/** Claims that the person made, may decide, or that are for entities of theirs. */
export function ClaimsList({ version }: { version: number }) {
  const api = useApi(plumblineApiRef);
  const [changes, setChanges] = useState(0);
  const { call, retry } = useClaims(undefined, version + changes);
  const [error, setError] = useState<Error>();
  const claims = answerOf(call);

  const act = async (change: () => Promise<Claim>) => {
    setError(undefined);
    try {
      await change();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    setChanges(count => count + 1);
  };

  return (
    <Section
      title="Claims"
      description="What people say is theirs. A claim changes no figure: it is done when the annotation or the tag is there."
    >
      {call.status === 'failed' && (
        <Failure what="the claims" error={call.error} onRetry={retry} />
      )}
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title="Nothing was changed"
          description={error.message}
        />
      )}
      {claims?.items.length === 0 && (
        <Text as="p" color="secondary">
          There are none yet.
        </Text>
      )}
      <ul className={styles.claims} aria-label="Claims">
        {claims?.items.map(claim => (
          <li key={claim.id}>
            <ClaimRow
              claim={claim}
              onWithdraw={() => act(() => api.withdrawClaim(claim.id))}
              onDecide={decision =>
                act(() => api.decideClaim(claim.id, { decision }))
              }
            />
          </li>
        ))}
      </ul>
      {claims?.nextCursor && (
        <Text as="p" color="secondary">
          Older claims are not shown.
        </Text>
      )}
    </Section>
  );
}

function ClaimRow(props: {
  claim: Claim;
  onWithdraw: () => void;
  onDecide: (decision: 'accepted' | 'declined') => void;
}) {
  const { claim, onWithdraw, onDecide } = props;
  const { resources, resourceCount, boundCount, may } = claim;
  const [first] = resources;
  const others = resourceCount - 1;
  return (
    <>
      <Text as="p">
        {first?.label}
        {others > 0 && ` and ${others} more`} {'\u2192'}{' '}
        <EntityRefLink entityRef={claim.entityRef} />
      </Text>
      <Text as="p" color="secondary">
        {claimStateLabels[claim.state]} {'\u00b7'} proposed by{' '}
        {claim.proposedBy}, {formatAgo(claim.proposedAt)}
        {boundCount > 0 && ` \u00b7 ${boundCount} of ${resourceCount} linked`}
      </Text>
      {claim.note && <Text as="p">{claim.note}</Text>}
      {claim.state === 'open' && may.withdraw && (
        <Text as="p" color="secondary">
          Somebody else who administers Plumbline decides on it.
        </Text>
      )}
      {claim.instructions && (
        <details>
          <summary>What makes it so</summary>
          <Instructions claim={claim} />
        </details>
      )}
      <div className={styles.actions}>
        {may.decide && (
          <>
            <Button size="small" onPress={() => onDecide('accepted')}>
              Accept
            </Button>
            <Button
              size="small"
              variant="secondary"
              onPress={() => onDecide('declined')}
            >
              Decline
            </Button>
          </>
        )}
        {may.withdraw && (
          <Button size="small" variant="secondary" onPress={onWithdraw}>
            Withdraw
          </Button>
        )}
      </div>
    </>
  );
}
