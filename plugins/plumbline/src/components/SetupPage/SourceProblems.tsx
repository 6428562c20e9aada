import { Text } from '@backstage/ui';
import type { SourceProblem } from '@plumbline/backstage-plugin-plumbline-common';
import { RiErrorWarningLine, RiInformationLine } from '@remixicon/react';
import { formatMonth } from '../../format';
import styles from './SetupPage.module.css';

const SHOWN = 5;

/** What went wrong in the last run: where, which right is missing, and what to do. */
export function SourceProblems({ problems }: { problems: SourceProblem[] }) {
  if (problems.length === 0) {
    return null;
  }
  const [first, rest] = [problems.slice(0, SHOWN), problems.slice(SHOWN)];
  return (
    <>
      <List problems={first} />
      {rest.length > 0 && (
        <details className={styles.details}>
          <summary>{rest.length} more</summary>
          <List problems={rest} />
        </details>
      )}
    </>
  );
}

function List({ problems }: { problems: SourceProblem[] }) {
  return (
    <ul className={styles.problems} aria-label="Problems of the last run">
      {problems.map((problem, index) => (
        <li key={index} data-severity={problem.severity}>
          {problem.severity === 'error' ? (
            <RiErrorWarningLine aria-label="Error" size="1.15em" />
          ) : (
            <RiInformationLine aria-label="Remark" size="1.15em" />
          )}
          <div>
            {problem.missingRight && (
              <Text as="p" weight="bold">
                Missing right: <code>{problem.missingRight}</code>
              </Text>
            )}
            <Text as="p">{problem.message}</Text>
            {placeOf(problem) && (
              <Text as="p" variant="body-small" color="secondary">
                {placeOf(problem)}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function placeOf({ partition, file, row, column }: SourceProblem): string {
  return [
    partition && formatMonth(`${partition}-01`),
    file,
    row !== undefined && `row ${row}`,
    column && `column ${column}`,
  ]
    .filter(Boolean)
    .join(', ');
}
