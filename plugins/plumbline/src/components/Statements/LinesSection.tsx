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
import type {
  Month,
  StatementAsOf,
  StatementLine,
} from '@plumbline/backstage-plugin-plumbline-common';
import { exactAmount, formatAmount } from '../../format';
import { answerOf, useStatementLines } from '../../hooks';
import { Failure } from '../Failure';
import { Section } from '../Section';
import styles from './Statements.module.css';

/** The lines of one entity or bucket. */
export function LinesSection(props: {
  month: Month;
  of: string;
  asOf: StatementAsOf;
  onClose: () => void;
}) {
  const { month, of, asOf, onClose } = props;
  const { call, retry } = useStatementLines(month, { of, asOf, limit: 500 });
  const answer = answerOf(call);
  return (
    <Section
      title={`Lines of ${of}`}
      actions={
        <Button size="small" variant="tertiary" onPress={onClose}>
          Hide the lines
        </Button>
      }
    >
      {call.status === 'loading' && (
        <LinearProgress aria-label="Loading the lines" />
      )}
      {call.status === 'failed' && (
        <Failure what="these lines" error={call.error} onRetry={retry} />
      )}
      {answer && (
        <div className={styles.scroller}>
          <TableRoot aria-label={`Lines of ${of}`} className={styles.table}>
            <TableHeader>
              <Column id="service" isRowHeader>
                Service
              </Column>
              <Column id="kind">Charge</Column>
              <Column id="environment" className={styles.wide}>
                Environment
              </Column>
              <Column id="billed" className={`${styles.number} ${styles.wide}`}>
                Invoiced
              </Column>
              <Column id="effective" className={styles.number}>
                Amortised
              </Column>
            </TableHeader>
            <TableBody>
              {answer.lines.map((line, index) => (
                <Row id={index} key={index}>
                  <Cell textValue={line.service}>
                    {line.service}
                    <div className={styles.detail}>{line.provider}</div>
                  </Cell>
                  <Cell>{chargeText(line)}</Cell>
                  <Cell className={styles.wide}>{line.environment}</Cell>
                  <Cell className={`${styles.number} ${styles.wide}`}>
                    <span title={exactAmount(line.billed, line.currency)}>
                      {formatAmount(line.billed, line.currency)}
                    </span>
                  </Cell>
                  <Cell className={styles.number}>
                    <span title={exactAmount(line.effective, line.currency)}>
                      {formatAmount(line.effective, line.currency)}
                    </span>
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </TableRoot>
        </div>
      )}
      {answer?.nextCursor && (
        <Text as="p" color="secondary">
          These are the largest {answer.lines.length} lines; the CSV has all.
        </Text>
      )}
    </Section>
  );
}

function chargeText({ category, correction, commitment }: StatementLine) {
  return [
    category,
    correction && 'correction',
    commitment && `commitment ${commitment.toLocaleLowerCase('en-US')}`,
  ]
    .filter(Boolean)
    .join(', ');
}
