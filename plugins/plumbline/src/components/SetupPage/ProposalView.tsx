import { Alert, Flex, Link, Text } from '@backstage/ui';
import type {
  ProposalPreview,
  ProposedPatch,
} from '@plumbline/backstage-plugin-plumbline-common';
import { CopyButton } from '../CopyButton';
import { DiffView } from './DiffView';
import { PatchButton } from './PatchButton';
import { countOf } from './words';
import styles from './SetupPage.module.css';

/** The change to catalog files as diffs, and what is left to do by hand. */
export function ProposalView({ proposal }: { proposal: ProposalPreview }) {
  const { patches, byHand, gone } = proposal;
  return (
    <div className={styles.stack}>
      <Text as="h4" variant="body-large" weight="bold">
        The change
      </Text>
      {patches.length === 0 && (
        <Text as="p">No file can be changed for you.</Text>
      )}
      {patches.map(patch => (
        <Patch key={`${patch.repository} ${patch.branch}`} patch={patch} />
      ))}
      {byHand.map(({ entityRef, reason, lines, url }) => (
        <div key={entityRef} className={styles.stack}>
          <Text as="p" weight="bold">
            {entityRef}: to be changed by hand
          </Text>
          <Text as="p">
            {reason} {url && <Link href={url}>Open the file</Link>}
          </Text>
          <div className={styles.snippet}>
            <pre className={styles.code}>{lines}</pre>
            <CopyButton
              text={lines}
              label={`Copy the lines for ${entityRef}`}
            />
          </div>
        </div>
      ))}
      {gone.length > 0 && (
        <Alert
          status="info"
          icon
          title={`${countOf(gone.length, 'suggestion')} no longer ${
            gone.length === 1 ? 'stands' : 'stand'
          }`}
          description="The resource has an entity by now, or the entity is gone."
        />
      )}
    </div>
  );
}

function Patch({ patch }: { patch: ProposedPatch }) {
  const { host, repository, branch, files, patch: text } = patch;
  const name = `${host}/${repository}`;
  return (
    <div className={styles.stack}>
      <div className={styles.bar}>
        <Text as="p" weight="bold">
          {name}
          {branch && `, branch ${branch}`}
        </Text>
        <Flex gap="2">
          <CopyButton text={text} label={`Copy the patch for ${name}`} />
          <PatchButton
            text={text}
            fileName={`${repository.replaceAll('/', '-')}.patch`}
            label={`Download the patch for ${name}`}
          />
        </Flex>
      </div>
      <Text as="p" variant="body-small" color="secondary">
        In a checkout of the repository: <code>git apply</code> and the name of
        the file.
      </Text>
      {files.map(({ path, diff }) => (
        <DiffView key={path} path={path} diff={diff} />
      ))}
    </div>
  );
}
