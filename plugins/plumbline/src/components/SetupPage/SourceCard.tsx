import { useId, type ReactNode } from 'react';
import { Text } from '@backstage/ui';
import type { SourceDetails } from '@plumbline/backstage-plugin-plumbline-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { formatDay, formatMonth } from '../../format';
import { SourceActions } from './SourceActions';
import { SourceProblems } from './SourceProblems';
import { StateTag } from './StateTag';
import { countOf, instantText, lastRunText, nextRunText } from './words';
import styles from './SetupPage.module.css';

/** One source: how it is doing, what it has, and what an administrator may do. */
export function SourceCard(props: {
  source: SourceDetails;
  onChange: () => void;
}) {
  const { source, onChange } = props;
  const id = useId();
  return (
    <li className={styles.source} aria-labelledby={id}>
      <div className={styles.sourceHeader}>
        <div className={styles.sourceTitle}>
          <Text as="h4" variant="body-large" weight="bold" id={id}>
            {source.title}
          </Text>
          <StateTag state={source.state} />
          <code className={styles.id}>{source.id}</code>
        </div>
        <SourceActions source={source} onChange={onChange} />
      </div>
      {source.pause && <Pause source={source} />}
      <dl className={styles.facts}>
        <Fact term="Last run">{lastRunText(source)}</Fact>
        <Fact term="Next run">{nextRunText(source)}</Fact>
        <Fact term="Data through">
          {source.dataThrough ? formatDay(source.dataThrough) : 'Nothing yet'}
        </Fact>
        <Fact term="Paid calls">
          {source.paidCallsPerDay === 0
            ? 'Makes none'
            : `${source.paidCallsToday} of ${
                source.paidCallsPerDay
              } today · ${countOf(
                source.paidCallsLast30Days,
                'call',
              )} in 30 days`}
        </Fact>
        <Fact term="Months">
          {source.months.length === 0
            ? 'None yet'
            : `${source.months.length}, from ${formatMonth(
                `${source.months[source.months.length - 1].month}-01`,
              )} to ${formatMonth(`${source.months[0].month}-01`)}`}
        </Fact>
        {source.failedMonths.length > 0 && (
          <Fact term="Not taken">
            <strong>
              {source.failedMonths
                .map(month => formatMonth(`${month}-01`))
                .join(', ')}
            </strong>
            : what was there of them before stands
          </Fact>
        )}
      </dl>
      <SourceProblems problems={source.lastRun?.problems ?? []} />
      {source.months.length > 0 && (
        <details className={styles.details}>
          <summary>When each month was published</summary>
          <ul className={styles.months}>
            {source.months.map(({ month, publishedAt, rows }) => (
              <li key={month}>
                {formatMonth(`${month}-01`)}: {instantText(publishedAt)}
                {rows !== undefined && `, ${countOf(rows, 'line')}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pause({ source: { pause } }: { source: SourceDetails }) {
  if (pause?.reason === 'operator') {
    return (
      <Text as="p">
        Paused since {instantText(pause.since)}
        {pause.by && (
          <>
            {' '}
            by <EntityRefLink entityRef={pause.by} />
          </>
        )}
        . Its figures do not change until it is resumed.
      </Text>
    );
  }
  return (
    <Text as="p">
      The paid calls of the day are used up; it goes on by itself tomorrow
      (UTC).
    </Text>
  );
}
