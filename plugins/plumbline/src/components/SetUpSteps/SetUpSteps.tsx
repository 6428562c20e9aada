import { Flex, Text } from '@backstage/ui';
import type { Entity } from '@backstage/catalog-model';
import { CopyButton } from '../CopyButton';
import { setUpOptions, type SetUpOption } from './setUpOptions';
import styles from './SetUpSteps.module.css';

/** What to add to this very entity so that Plumbline finds what belongs to it. */
export function SetUpSteps({ entity }: { entity: Entity }) {
  const [first, ...others] = setUpOptions(entity);
  if (!first) {
    return (
      <Text as="p" color="secondary">
        The figures here are added up from what belongs to this{' '}
        {entity.kind.toLocaleLowerCase('en-US')}. Set up its components and
        resources, and they appear.
      </Text>
    );
  }
  return (
    <Flex direction="column" gap="3">
      <Text as="p" color="secondary">
        Add this to the <code className={styles.file}>catalog-info.yaml</code>{' '}
        of {entity.metadata.name}:
      </Text>
      <Option option={first} />
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>Other ways</summary>
          <Flex direction="column" gap="4" mt="3">
            {others.map(option => (
              <Option key={option.title} option={option} />
            ))}
          </Flex>
        </details>
      )}
    </Flex>
  );
}

function Option({ option }: { option: SetUpOption }) {
  return (
    <Flex direction="column" gap="2">
      <Text as="p" weight="bold">
        {option.title}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {option.explanation}
      </Text>
      <div className={styles.snippet}>
        <pre className={styles.code}>{option.yaml}</pre>
        <div className={styles.copy}>
          <CopyButton
            text={`${option.yaml}\n`}
            label={`Copy: ${option.title}`}
          />
        </div>
      </div>
    </Flex>
  );
}
