import { useId } from 'react';
import { Flex, Text } from '@backstage/ui';
import type {
  Binding,
  EntityBindings,
} from '@plumbline/backstage-plugin-plumbline-common';
import { Placeholder } from '../Placeholder';
import { answerOf, type Call } from '../../hooks';
import { Failure } from '../Failure';
import { Section } from '../Section';
import { BindingRow } from './BindingRow';
import { UnresolvedList } from './UnresolvedList';
import styles from './BindingsList.module.css';

const groups: { kind: Binding['target']['kind']; title: string }[] = [
  { kind: 'resource', title: 'Resources' },
  { kind: 'repository', title: 'Repositories' },
];

/** What belongs to the entity, how that was found, and what confirms it. */
export function BindingsList(props: {
  call: Call<EntityBindings>;
  onRetry: () => void;
}) {
  const { call, onRetry } = props;
  const answer = answerOf(call);
  return (
    <Section
      title="What belongs to this entity"
      description="A link that is not confirmed is marked. It counts all the same, unless another entity has the stronger link. Confirm it by a tag on the resource that names this entity."
    >
      {call.status === 'failed' && (
        <Failure
          what="the list of what belongs here"
          error={call.error}
          onRetry={onRetry}
        />
      )}
      {call.status === 'loading' && !answer && (
        <Placeholder width="100%" height="8rem" />
      )}
      {answer && (
        <Flex direction="column" gap="4">
          {answer.unresolved.length > 0 && (
            <UnresolvedList unresolved={answer.unresolved} />
          )}
          {answer.bindings.length === 0 ? (
            <Text as="p" color="secondary">
              Nothing is linked to this entity yet.
            </Text>
          ) : (
            groups.map(({ kind, title }) => (
              <BindingGroup
                key={kind}
                title={title}
                bindings={answer.bindings.filter(
                  ({ target }) => target.kind === kind,
                )}
              />
            ))
          )}
          {answer.nextCursor && (
            <Text as="p" variant="body-small" color="secondary">
              These are the first {answer.bindings.length}; there are more.
            </Text>
          )}
        </Flex>
      )}
    </Section>
  );
}

function BindingGroup(props: { title: string; bindings: Binding[] }) {
  const { title, bindings } = props;
  const id = useId();
  if (bindings.length === 0) {
    return null;
  }
  return (
    <div>
      <Text as="h4" variant="body-medium" weight="bold" id={id}>
        {title} ({bindings.length})
      </Text>
      <ul className={styles.list} aria-labelledby={id}>
        {bindings.map(binding => (
          <BindingRow key={binding.id} binding={binding} />
        ))}
      </ul>
    </div>
  );
}
