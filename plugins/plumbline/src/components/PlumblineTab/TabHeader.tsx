import { Text } from '@backstage/ui';
import type { Headline } from '@plumbline/backstage-plugin-plumbline-common';
import { Placeholder } from '../Placeholder';
import { StateLabel } from '../StateLabel';
import styles from './PlumblineTab.module.css';

/** What the costs amount to, in one word and one sentence. */
export function TabHeader(props: { headline?: Headline; loading: boolean }) {
  const { headline, loading } = props;
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <Text as="h2" variant="title-small" weight="bold">
          Cost
        </Text>
        {headline && <StateLabel state={headline.state} />}
      </div>
      {headline && <Text as="p">{headline.reason}</Text>}
      {loading && !headline && <Placeholder width="20rem" height="1.25rem" />}
    </header>
  );
}
