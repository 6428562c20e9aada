import { useState } from 'react';
import { Alert, SearchField, Select, Text } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { Link } from '@backstage/core-components';
import type { Statement } from '@plumbline/backstage-plugin-plumbline-common';
import { useParams } from 'react-router-dom';
import { exactAmount, formatAmount, formatMonth } from '../../format';
import { answerOf, useStatement } from '../../hooks';
import { explainFailure, Failure } from '../Failure';
import { Section } from '../Section';
import { LinesSection } from './LinesSection';
import { RestatementTimeline } from './RestatementTimeline';
import { StatementCsvButton } from './StatementCsvButton';
import { useStatementSelection } from './statementSelection';
import type { StatementSelection } from './statementSelection';
import { StatementTable } from './StatementTable';
import {
  asOfOptions,
  byOptions,
  closedText,
  leftOutText,
  restatedText,
} from './words';
import styles from './Statements.module.css';

const WHAT = 'this statement';
const FIRST_ITEMS = 50;
const MOST_ITEMS = 500;

/** One closed month. */
export function MonthStatement() {
  const { month = '' } = useParams();
  const { selection, select } = useStatementSelection();
  const [limit, setLimit] = useState(FIRST_ITEMS);
  const { by, asOf, search } = selection;
  const { call, retry } = useStatement(month, {
    by,
    asOf,
    limit,
    ...(search && { search }),
  });
  const statement = answerOf(call);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Link to="..">All months</Link>
        {statement && <StatementCsvButton month={month} asOf={asOf} />}
      </div>
      <div className={styles.progress} role="status">
        {call.status === 'loading' && (
          <LinearProgress aria-label="Loading the statement" />
        )}
      </div>
      {call.status === 'failed' &&
        (explainFailure(call.error, WHAT).kind === 'not-visible' ? (
          <Alert
            role="alert"
            status="info"
            icon
            title="There is no such statement for you"
            description="The month is not closed yet, or you may not read what anything costs."
          />
        ) : (
          <Failure what={WHAT} error={call.error} onRetry={retry} />
        ))}
      {statement && (
        <>
          <Summary statement={statement} />
          {selection.of && (
            <LinesSection
              month={month}
              of={selection.of}
              asOf={asOf}
              onClose={() => select({ of: undefined })}
            />
          )}
          <Section title="Breakdown">
            <Controls selection={selection} onSelect={select} />
            <StatementTable
              statement={statement}
              onOpen={of => select({ of })}
              onMore={
                statement.nextCursor && limit < MOST_ITEMS
                  ? () => setLimit(MOST_ITEMS)
                  : undefined
              }
            />
          </Section>
          <RestatementTimeline statement={statement} />
        </>
      )}
    </div>
  );
}

function Summary({ statement }: { statement: Statement }) {
  const { month, asOf, totals, forced, held, sources, restatements } =
    statement;
  const leftOut = leftOutText(statement);
  return (
    <Section
      title={`Statement of ${formatMonth(`${month}-01`)}`}
      description={`${closedText(statement)} ${restatedText(
        restatements.length,
        restatements.at(-1)?.statedAt,
      )} It adds up the invoices of this month, whatever day a charge is of: ${sources.join(
        ', ',
      )}.`}
    >
      {forced && (
        <Alert
          status="warning"
          icon
          title="Closed by hand although incomplete"
          description={`“${forced.reason}” ${forced.obstacles.join(' ')}`}
        />
      )}
      {held?.map(sentence => (
        <Alert key={sentence} status="warning" icon description={sentence} />
      ))}
      {totals.length === 0 ? (
        <Text as="p">Nothing in this statement is visible to you.</Text>
      ) : (
        <dl className={styles.totals}>
          {totals.map(({ currency, effective, billed }) => (
            <div key={currency} className={styles.total}>
              <dt className={styles.detail}>
                {currency}, amortised
                {asOf === 'original' ? ', as it was closed' : ''}
              </dt>
              <dd
                className={styles.figure}
                title={exactAmount(effective, currency)}
              >
                {formatAmount(effective, currency)}
              </dd>
              <dd
                className={`${styles.detail} ${styles.invoiced}`}
                title={exactAmount(billed, currency)}
              >
                {formatAmount(billed, currency)} invoiced
              </dd>
            </div>
          ))}
        </dl>
      )}
      {leftOut && (
        <Text as="p" color="secondary">
          {leftOut}
        </Text>
      )}
    </Section>
  );
}

function Controls(props: {
  selection: StatementSelection;
  onSelect: (change: Partial<StatementSelection>) => void;
}) {
  const { selection, onSelect } = props;
  return (
    <div className={styles.controls} role="group" aria-label="What to show">
      <Select
        label="By"
        options={byOptions}
        value={selection.by}
        onChange={value => {
          const by = byOptions.find(({ id }) => id === value)?.id;
          if (by) {
            onSelect({ by, of: undefined });
          }
        }}
      />
      <Select
        label="Figures"
        options={asOfOptions}
        value={selection.asOf}
        onChange={value =>
          onSelect({ asOf: value === 'original' ? 'original' : 'restated' })
        }
      />
      <SearchField
        label="Find by name"
        value={selection.search}
        onChange={search => onSelect({ search })}
      />
    </div>
  );
}
