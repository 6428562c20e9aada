import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Select, Text } from '@backstage/ui';
import type {
  BindingSuggestions,
  ProposalPreview,
  SuggestionConfidence,
} from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { answerOf, useCall } from '../../hooks';
import { Failure } from '../Failure';
import { Placeholder } from '../Placeholder';
import { Section } from '../Section';
import { ProposalView } from './ProposalView';
import { SuggestionsTable } from './SuggestionsTable';
import { useSetupSelection } from './useSetupSelection';
import { confidenceLabels, countOf, instantText } from './words';
import styles from './SetupPage.module.css';

const ALL = 'all';
/** What is accepted in one go. */
const MOST = 200;

/** Who resources that nobody claims probably belong to, and what accepting them would change. */
export function SuggestionsSection() {
  const api = useApi(plumblineApiRef);
  const { selection, select } = useSetupSelection();
  const { confidence, account } = selection;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<string[]>();
  const { call, retry } = useCall({
    subject: 'suggestions',
    question: `${confidence} ${account}`,
    load: signal =>
      api.getBindingSuggestions(
        { confidence, account, limit: MOST },
        { signal },
      ),
  });
  const preview = useCall<ProposalPreview>({
    subject: asked?.join() ?? '',
    load: asked && (signal => api.previewBindingProposal(asked, { signal })),
  });
  const answer = answerOf(call);
  const proposal = asked && answerOf(preview.call);

  return (
    <Section
      title="Suggested links"
      description="Resources that belong to nobody, and the entity each is probably of. Nothing is written to Git: you get the change to the catalog files as a patch."
    >
      <div className={styles.stack}>
        {call.status === 'failed' && (
          <Failure what="the suggestions" error={call.error} onRetry={retry} />
        )}
        {call.status === 'loading' && !answer && (
          <Placeholder width="100%" height="8rem" />
        )}
        {answer && (
          <>
            <div className={styles.fields}>
              <Select
                label="Found by"
                options={[
                  { id: ALL, label: 'Anything' },
                  ...answer.counts.map(({ confidence: id, count }) => ({
                    id,
                    label: `${confidenceLabels[id]} (${count})`,
                  })),
                ]}
                value={confidence ?? ALL}
                onChange={value =>
                  select({
                    confidence:
                      value === ALL
                        ? undefined
                        : (value as SuggestionConfidence),
                  })
                }
              />
              <Select
                label="Account"
                options={[
                  { id: ALL, label: 'All accounts' },
                  ...answer.accounts.map(({ accountId, name, count }) => ({
                    id: accountId,
                    label: `${name ?? accountId} (${count})`,
                  })),
                ]}
                value={account ?? ALL}
                onChange={value =>
                  select({ account: value === ALL ? undefined : String(value) })
                }
              />
            </div>
            <Remarks answer={answer} />
            {answer.items.length > 0 && (
              <>
                <div className={styles.bar}>
                  <Button
                    size="small"
                    variant="primary"
                    isDisabled={chosen.size === 0 || chosen.size > MOST}
                    onPress={() => setAsked([...chosen].sort())}
                  >
                    {`Show the change for ${countOf(
                      chosen.size,
                      'suggestion',
                    )}`}
                  </Button>
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() =>
                      setChosen(
                        new Set(
                          answer.items
                            .filter(({ ambiguous }) => !ambiguous)
                            .map(({ id }) => id),
                        ),
                      )
                    }
                  >
                    Select all that are clear
                  </Button>
                  <Button
                    size="small"
                    variant="tertiary"
                    isDisabled={chosen.size === 0}
                    onPress={() => setChosen(new Set())}
                  >
                    Select none
                  </Button>
                </div>
                <SuggestionsTable
                  items={answer.items}
                  chosen={chosen}
                  onChoose={setChosen}
                />
              </>
            )}
          </>
        )}
        <div role="status">
          {asked && preview.call.status === 'loading' && (
            <Text as="p">Reading the catalog files…</Text>
          )}
        </div>
        {asked && preview.call.status === 'failed' && (
          <Failure
            what="the change"
            error={preview.call.error}
            onRetry={preview.retry}
          />
        )}
        {proposal && <ProposalView proposal={proposal} />}
      </div>
    </Section>
  );
}

function Remarks({ answer }: { answer: BindingSuggestions }) {
  const { items, hidden, nextCursor, amountsVisible, comparedAt } = answer;
  const remarks = [
    items.length === 0 &&
      (comparedAt
        ? 'There is nothing to suggest here: what belongs to nobody is like no entity of the catalog.'
        : 'Resources were not compared with the catalog yet. That takes a minute or two after the first bill was read.'),
    hidden > 0 &&
      `${countOf(
        hidden,
        'suggestion',
      )} for entities that the catalog does not show to you ${
        hidden === 1 ? 'is' : 'are'
      } left out.`,
    nextCursor &&
      `These are the first ${
        items.length + hidden
      }; more follow once they are dealt with.`,
    !amountsVisible &&
      items.length > 0 &&
      'Costs are not shown: they are for people who may read what belongs to nobody.',
    comparedAt && `Compared ${instantText(comparedAt)}.`,
  ].filter(Boolean);
  return (
    <Text as="p" color="secondary">
      {remarks.join(' ')}
    </Text>
  );
}
