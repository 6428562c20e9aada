import { RiGitRepositoryLine, RiLink, RiServerLine } from '@remixicon/react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Binding } from '@plumbline/backstage-plugin-plumbline-common';
import { matchedByLabels } from '../../format';
import { UnconfirmedMark } from '../UnconfirmedMark';
import { describeTarget } from './describeTarget';
import styles from './BindingsList.module.css';

/** One thing that belongs to the entity. */
export function BindingRow({ binding }: { binding: Binding }) {
  const { target, environment, matchedBy, proof, proofReason } = binding;
  const { name, place, id } = describeTarget(target);
  return (
    <li className={styles.row}>
      <span className={styles.icon}>
        {target.kind === 'repository' ? (
          <RiGitRepositoryLine aria-label="Repository" size="1.25rem" />
        ) : (
          <RiServerLine aria-label="Resource" size="1.25rem" />
        )}
      </span>
      <div className={styles.what}>
        <div className={styles.name}>{name}</div>
        {place && <div className={styles.detail}>{place}</div>}
        {id && <div className={styles.id}>{id}</div>}
      </div>
      <div className={styles.how}>
        <div className={styles.tags}>
          {target.kind === 'resource' && (
            <span className={styles.tag}>
              {environment === 'unknown' ? 'Environment unknown' : environment}
            </span>
          )}
          {proof === 'claimed' ? (
            <UnconfirmedMark />
          ) : (
            <span className={styles.tag}>
              <RiLink aria-hidden size="1em" />
              Link confirmed
            </span>
          )}
          {binding.billed === false && (
            <span className={styles.tag}>Not in the bill</span>
          )}
        </div>
        <div className={styles.detail}>
          Matched by {matchedByLabels[matchedBy]}.
        </div>
        <div className={styles.detail}>{proofReason}</div>
        {binding.contestedBy && binding.contestedBy.length > 0 && (
          <div className={styles.detail}>
            Also claimed by{' '}
            {binding.contestedBy.map((entityRef, index) => (
              <span key={entityRef}>
                {index > 0 && ', '}
                <EntityRefLink entityRef={entityRef} />
              </span>
            ))}
            , which does not get its cost.
          </div>
        )}
      </div>
    </li>
  );
}
