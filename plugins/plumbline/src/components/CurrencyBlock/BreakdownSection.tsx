import { Text } from '@backstage/ui';
import type { EntityRef } from '@plumbline/backstage-plugin-plumbline-common';
import { Placeholder } from '../Placeholder';
import { answerOf, useSteadyHeight } from '../../hooks';
import { lastDayOf } from '../../selection';
import { costCsv, CostTable, CsvButton } from '../CostTable';
import { Failure } from '../Failure';
import { Section } from '../Section';
import type { Breakdown } from './CurrencyBlock';

const rowTitles = {
  service: 'Service',
  resource: 'Resource',
  environment: 'Environment',
};

/** The costs of one currency as a table, with the same as a file. */
export function BreakdownSection(props: {
  entityRef: EntityRef;
  currency: string;
  /** Whether there are other currencies, so that the title has to name this one. */
  severalCurrencies: boolean;
  breakdown: Breakdown;
  unconfirmed: ReadonlySet<string>;
}) {
  const { entityRef, currency, severalCurrencies, breakdown, unconfirmed } =
    props;
  const { groupBy, call, retry } = breakdown;
  const answer = answerOf(call);
  const content = useSteadyHeight(answer !== undefined);
  const found = answer?.currencies.find(item => item.currency === currency);

  return (
    <Section
      title={
        severalCurrencies ? `By ${groupBy} in ${currency}` : `By ${groupBy}`
      }
      actions={
        answer &&
        found && (
          <CsvButton
            label={`Save the cost by ${groupBy} in ${currency} as CSV`}
            fileName={[
              'cost',
              entityRef.replaceAll(/[^a-z0-9.-]+/g, '-'),
              groupBy,
              currency,
              answer.from,
              `${lastDayOf(answer.to)}.csv`,
            ].join('_')}
            content={() =>
              costCsv({
                series: found.series,
                currency,
                periods: answer.periods,
                gaps: answer,
              })
            }
          />
        )
      }
    >
      {call.status === 'failed' && (
        <Failure
          what={`the cost by ${groupBy}`}
          error={call.error}
          onRetry={retry}
        />
      )}
      {call.status === 'loading' && !answer && (
        <Placeholder width="100%" height={content.height ?? '8rem'} />
      )}
      {answer && found && found.series.length > 0 && (
        <div ref={content.ref}>
          <CostTable
            caption={`Cost by ${groupBy} in ${currency}`}
            rowTitle={rowTitles[groupBy]}
            series={found.series}
            total={found.total}
            currency={currency}
            periods={answer.periods}
            gaps={answer}
            opens={groupBy}
            unconfirmed={groupBy === 'resource' ? unconfirmed : undefined}
          />
        </div>
      )}
      {answer && (found?.series.length ?? 0) === 0 && (
        <Text as="p" color="secondary">
          Nothing in the bill for these days.
        </Text>
      )}
    </Section>
  );
}
