import { Fragment } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Flex, Text } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { useSearchParams } from 'react-router-dom';
import { plumblineApiRef } from '../../api';
import { answerOf, useCall } from '../../hooks';
import { Failure } from '../Failure';
import { Section } from '../Section';
import { ReconciledMonthPart } from './ReconciledMonthPart';
import { StatementPart } from './StatementPart';

/** Bills beside their invoices, the newest month first. */
export function ReconcilePage() {
  const api = useApi(plumblineApiRef);
  const [params] = useSearchParams();
  const query = {
    from: params.get('from') || undefined,
    to: params.get('to') || undefined,
  };
  const { call, retry } = useCall({
    subject: 'reconciliation',
    question: JSON.stringify(query),
    load: signal => api.getReconciliation(query, { signal }),
  });
  const answer = answerOf(call);
  const denied =
    call.status === 'failed' &&
    (call.error as { statusCode?: number }).statusCode === 403;
  return (
    <Flex direction="column" gap="5">
      <div>
        <Text as="h2" variant="title-small" weight="bold">
          Reconcile
        </Text>
        <Text as="p" color="secondary">
          Each bill by the month of its invoice, whenever the charges were:
          whether all of it belongs to somebody, and whether the invoice says
          the same. A closed month has its statement on top, so that export,
          statement and invoice can be seen to agree.
        </Text>
      </div>
      {call.status === 'loading' && (
        <LinearProgress aria-label="Loading bills and invoices" />
      )}
      {denied && (
        <Section title="This needs the right to see all costs">
          <Text as="p" color="secondary">
            A bill with some of its costs left out matches no invoice. Ask an
            administrator of this portal for <code>plumbline.cost.read</code>{' '}
            without a condition.
          </Text>
        </Section>
      )}
      {call.status === 'failed' && !denied && (
        <Failure what="bills and invoices" error={call.error} onRetry={retry} />
      )}
      {answer && !denied && answer.months.length === 0 && (
        <Section title="No bill yet">
          <Text as="p" color="secondary">
            Bills appear here after the first collection.
          </Text>
        </Section>
      )}
      {!denied &&
        answer?.months.map((month, index) => (
          <Fragment key={`${month.source} ${month.month} ${month.currency}`}>
            {month.month !== answer.months[index - 1]?.month &&
              answer.statements
                .filter(statement => statement.month === month.month)
                .map(statement => (
                  <StatementPart
                    key={statement.currency}
                    statement={statement}
                  />
                ))}
            <ReconciledMonthPart
              month={month}
              mayEnter={answer.mayEnter}
              onEntered={retry}
            />
          </Fragment>
        ))}
    </Flex>
  );
}
