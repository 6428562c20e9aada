import { Text } from '@backstage/ui';
import type { SourceDetails } from '@plumbline/backstage-plugin-plumbline-common';
import { Section } from '../Section';
import { SourceCard } from './SourceCard';
import styles from './SetupPage.module.css';

/** Every source that is set up. */
export function SourcesSection(props: {
  sources: SourceDetails[];
  onChange: () => void;
}) {
  const { sources, onChange } = props;
  return (
    <Section
      title="Sources"
      description="Read on schedule only: looking at a page asks none of them."
    >
      {sources.length === 0 ? (
        <Text as="p" color="secondary">
          No source is set up.
        </Text>
      ) : (
        <ul className={styles.list}>
          {sources.map(source => (
            <SourceCard key={source.id} source={source} onChange={onChange} />
          ))}
        </ul>
      )}
    </Section>
  );
}
