import { Text } from '@backstage/ui';
import type { Claim } from '@plumbline/backstage-plugin-plumbline-common';
import { CopyButton } from '../CopyButton';
import styles from './UnallocatedPage.module.css';

/** What makes a claim true: a tag on the resources, or an annotation of the entity. */
export function Instructions({ claim }: { claim: Claim }) {
  const { instructions, resourceCount } = claim;
  if (!instructions) {
    return null;
  }
  const { tag, annotation } = instructions;
  const yaml =
    annotation &&
    `metadata:\n  annotations:\n    ${annotation.key}: ${JSON.stringify(
      annotation.value,
    )}`;
  const pair = `${tag.key}=${tag.value}`;
  return (
    <div className={styles.instructions}>
      {yaml && (
        <>
          <Text as="p" weight="bold">
            Add this to catalog-info.yaml
          </Text>
          <pre className={styles.code}>{yaml}</pre>
          <div>
            <CopyButton text={`${yaml}\n`} label="Copy the annotation" />
          </div>
        </>
      )}
      <Text as="p" weight="bold">
        {yaml ? 'Or tag' : 'Tag'}{' '}
        {resourceCount === 1
          ? 'the resource'
          : `the ${resourceCount} resources`}
        , which confirms the link as well
      </Text>
      <pre className={styles.code}>{pair}</pre>
      <div>
        <CopyButton text={pair} label="Copy the tag" />
      </div>
    </div>
  );
}
