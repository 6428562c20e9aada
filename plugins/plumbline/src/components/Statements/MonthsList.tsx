import { useState } from 'react';
import {
  Button,
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
  Text,
} from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { Link } from '@backstage/core-components';
import type { StatementMonth } from '@plumbline/backstage-plugin-plumbline-common';
import {
  exactAmount,
  formatAmount,
  formatDay,
  formatMonth,
} from '../../format';
import { answerOf, useStatementMonths } from '../../hooks';
import { Failure } from '../Failure';
import { Section } from '../Section';
import { CloseMonth } from './CloseMonth';
import { MonthState } from './MonthState';
import { closedText, restatedText } from './words';
import styles from './Statements.module.css';

/** The billing months, the newest first. */
export function MonthsList() {
  const [pages, setPages] = useState(1);
  const { call, retry } = useStatementMonths(pages);
  const months = answerOf(call);
  return (
    <Section
      title="Statements"
      description="What each month’s invoices come to. A closed month never changes; what is billed for it later is stated as a difference."
    >
      <div className={styles.progress} role="status">
        {call.status === 'loading' && (
          <LinearProgress aria-label="Loading the statements" />
        )}
      </div>
      {call.status === 'failed' && (
        <Failure what="the statements" error={call.error} onRetry={retry} />
      )}
      {months && months.items.length === 0 && (
        <Text as="p" color="secondary">
          No source has delivered a month yet. Once the first bill is read, its
          months are listed here, and each is closed on the fifth day of the
          month after it.
        </Text>
      )}
      {months && months.items.length > 0 && (
        <div className={styles.scroller}>
          <TableRoot aria-label="Billing months" className={styles.table}>
            <TableHeader>
              <Column id="month" isRowHeader>
                Month
              </Column>
              <Column id="state">State</Column>
              <Column id="total" className={styles.number}>
                Amortised
              </Column>
            </TableHeader>
            <TableBody items={months.items}>
              {month => (
                <Row id={month.month}>
                  <Cell textValue={month.month}>
                    <MonthName month={month} />
                  </Cell>
                  <Cell textValue={month.state}>
                    <MonthState state={month.state} />
                    <MonthDetail month={month} onClosed={retry} />
                  </Cell>
                  <Cell className={styles.number}>
                    {month.totals.map(({ currency, effective }) => (
                      <div
                        key={currency}
                        title={exactAmount(effective, currency)}
                      >
                        {formatAmount(effective, currency)}
                      </div>
                    ))}
                    {month.totals.length === 0 && (
                      <span
                        title={
                          month.state === 'closed'
                            ? 'Nothing in it is visible to you'
                            : 'Not stated yet'
                        }
                      >
                        &ndash;
                      </span>
                    )}
                  </Cell>
                </Row>
              )}
            </TableBody>
          </TableRoot>
        </div>
      )}
      {months?.nextCursor && (
        <div className={styles.more}>
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setPages(count => count + 1)}
          >
            Show earlier months
          </Button>
        </div>
      )}
    </Section>
  );
}

function MonthName({ month: { month, state } }: { month: StatementMonth }) {
  const name = formatMonth(`${month}-01`);
  return state === 'closed' ? <Link to={month}>{name}</Link> : <>{name}</>;
}

function MonthDetail(props: { month: StatementMonth; onClosed: () => void }) {
  const { month, onClosed } = props;
  return (
    <>
      <div className={styles.detail}>{detailOf(month)}</div>
      {month.forced && (
        <div className={styles.detail}>
          Closed by hand although incomplete: “{month.forced.reason}”
        </div>
      )}
      {[...(month.obstacles ?? []), ...(month.held ?? [])].map(sentence => (
        <div key={sentence} className={styles.detail}>
          {sentence}
        </div>
      ))}
      {month.state !== 'closed' && (
        <CloseMonth month={month} onClosed={onClosed} />
      )}
    </>
  );
}

function detailOf(month: StatementMonth): string {
  if (month.state === 'closed') {
    return [
      closedText(month),
      restatedText(month.restatements, month.restatedAt),
    ].join(' ');
  }
  if (month.state === 'blocked') {
    return 'It is closed by itself once this is mended:';
  }
  return month.closesAt
    ? `Closes on ${formatDay(month.closesAt)} at the earliest.`
    : 'Closes once the catalog has been read.';
}
