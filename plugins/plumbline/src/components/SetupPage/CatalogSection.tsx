import { Alert, Text } from '@backstage/ui';
import type { CatalogStatus } from '@plumbline/backstage-plugin-plumbline-common';
import { formatAgo } from '../../format';
import { Section } from '../Section';
import { countOf } from './words';
import styles from './SetupPage.module.css';

/** How the last look at the catalog, the repositories and the state files went. */
export function CatalogSection({ catalog }: { catalog: CatalogStatus }) {
  const { entities, lastPolledAt, error, repositories, repositoryProblems } =
    catalog;
  return (
    <Section
      title="Catalog and repositories"
      description="The catalog says which entities there are and what they claim; .plumbline.yaml in their repositories confirms paths."
    >
      <div className={styles.stack}>
        <Text as="p">
          {countOf(entities, 'entity', 'entities')},{' '}
          {lastPolledAt
            ? `looked at ${formatAgo(lastPolledAt)}`
            : 'not looked at yet'}
          . {countOf(repositories, 'repository', 'repositories')} looked at for{' '}
          <code>.plumbline.yaml</code>.
        </Text>
        {error && (
          <Alert
            status="danger"
            icon
            title="The catalog could not be read; what was known before stands"
            description={error}
          />
        )}
        {repositoryProblems.length > 0 && (
          <ul
            className={styles.problems}
            aria-label="Repositories with a broken .plumbline.yaml"
          >
            {repositoryProblems.map(({ repository, problem }, index) => (
              <li key={index}>
                <div>
                  <Text as="p" weight="bold">
                    {repository ?? 'A repository whose name follows soon'}
                  </Text>
                  <Text as="p">{problem}.</Text>
                </div>
              </li>
            ))}
          </ul>
        )}
        {catalog.iacStates.length > 0 && (
          <ul className={styles.months} aria-label="State files">
            {catalog.iacStates.map(({ name, resources, readAt, problem }) => (
              <li key={name}>
                State <strong>{name}</strong>:{' '}
                {countOf(resources, 'cloud resource')}, looked at{' '}
                {formatAgo(readAt)}. {problem && `${problem}.`}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
