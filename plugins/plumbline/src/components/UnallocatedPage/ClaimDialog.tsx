import { useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  plumblineAdminPermission,
  toEntityRef,
  type Claim,
  type ClaimProposal,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { answerOf, useCall } from '../../hooks';
import { Failure } from '../Failure';
import { themeClass } from '../theme';
import { Instructions } from './Instructions';
import styles from './UnallocatedPage.module.css';

/** Entities that are offered at most; who owns more finds theirs by typing. */
const MAX_ENTITIES = 500;

/** "This is ours": for which entity, and why. Afterwards, what makes it so. */
export function ClaimDialog(props: {
  /** What is claimed, but for whom. */
  claimed: Omit<ClaimProposal, 'entityRef' | 'note'>;
  /** What is claimed, in words. */
  what: string;
  onClose: () => void;
  onClaimed: () => void;
}) {
  const { claimed, what, onClose, onClaimed } = props;
  const api = useApi(plumblineApiRef);
  const { allowed: admin } = usePermission({
    permission: plumblineAdminPermission,
  });
  const entities = useClaimants(admin);
  const [entityRef, setEntityRef] = useState<string>();
  const [note, setNote] = useState('');
  const [state, setState] = useState<
    | { step: 'asking' | 'sending' }
    | { step: 'failed'; error: Error }
    | { step: 'done'; claim: Claim }
  >({ step: 'asking' });
  const options = answerOf(entities.call) ?? [];

  const propose = async () => {
    if (entityRef === undefined) {
      return;
    }
    setState({ step: 'sending' });
    try {
      const claim = await api.proposeClaim({
        ...claimed,
        entityRef: toEntityRef(entityRef),
        ...(note.trim() && { note: note.trim() }),
      });
      setState({ step: 'done', claim });
      onClaimed();
    } catch (error) {
      setState({
        step: 'failed',
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  };

  return (
    <Dialog
      // It lies outside of the page, whose colours it needs.
      className={themeClass}
      isOpen
      isDismissable
      onOpenChange={open => !open && onClose()}
    >
      <DialogHeader>This is ours</DialogHeader>
      <DialogBody>
        {state.step === 'done' ? (
          <div className={styles.dialog}>
            <Text as="p">
              Your claim is noted. It changes no figure by itself; this makes it
              so:
            </Text>
            <Instructions claim={state.claim} />
          </div>
        ) : (
          <div className={styles.dialog}>
            <Text as="p">{what}</Text>
            {entities.call.status === 'failed' && (
              <Failure
                what="your entities"
                error={entities.call.error}
                onRetry={entities.retry}
              />
            )}
            {entities.call.status === 'ready' && options.length === 0 ? (
              <Alert
                status="info"
                icon
                title="You own no component or resource"
                description="Only an owner of an entity, or an administrator, may claim for it."
              />
            ) : (
              <Select
                label="Entity"
                searchable
                options={options.map(ref => ({ id: ref, label: ref }))}
                value={entityRef ?? null}
                onChange={key => setEntityRef(key ? String(key) : undefined)}
              />
            )}
            <TextAreaField
              label="Note"
              description="Why it is yours, for whoever decides. Optional."
              maxLength={2000}
              value={note}
              onChange={setNote}
            />
            {state.step === 'failed' && (
              <Alert
                role="alert"
                status="danger"
                icon
                title="The claim was not noted"
                description={state.error.message}
              />
            )}
          </div>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {state.step === 'done' ? 'Close' : 'Cancel'}
        </Button>
        {state.step !== 'done' && (
          <Button
            isDisabled={entityRef === undefined || state.step === 'sending'}
            onPress={propose}
          >
            Claim
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}

/** Components and resources that the person or their groups own; for administrators all, as the catalog shows them. */
function useClaimants(admin: boolean) {
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  return useCall({
    subject: admin ? 'all entities' : 'own entities',
    load: async () => {
      const { ownershipEntityRefs } = await identity.getBackstageIdentity();
      const { items } = await catalog.getEntities({
        filter: {
          kind: ['Component', 'Resource'],
          ...(!admin && { 'relations.ownedBy': ownershipEntityRefs }),
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MAX_ENTITIES,
      });
      return items.map(item => stringifyEntityRef(item)).sort();
    },
  });
}
