import { Flex, Text } from '@backstage/ui';
import { CopyButton } from '../CopyButton';
import { Section } from '../Section';
import styles from './SetupPage.module.css';

const yaml = `plumbline:
  focus:
    exports:
      - name: aws
        s3:
          bucket: my-billing-exports
          prefix: focus
          region: eu-central-1
          accountId: '111122223333'
`;

/** What to add where no bill is read at all. */
export function SetupGuide() {
  return (
    <Section title="Cost is not set up">
      <Flex direction="column" gap="3">
        <Text as="p">
          No bill is read yet, so the cost cards of all entities say “Not set
          up”. The catalog and its repositories are followed all the same. Add a
          billing export to <code>app-config.yaml</code> and start the back end
          anew:
        </Text>
        <div className={styles.snippet}>
          <pre className={styles.code}>{yaml}</pre>
          <CopyButton text={yaml} label="Copy the configuration of an export" />
        </div>
      </Flex>
    </Section>
  );
}
