import { useApi } from '@backstage/core-plugin-api';
import { Button, ButtonLink, Flex, Text } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import type { Portfolio } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { basisSentences, missingText } from '../../format';
import { answerOf, readWholePortfolio, usePortfolio } from '../../hooks';
import { toPortfolioQuery, usePortfolioSelection } from '../../selection';
import { CsvButton } from '../CostTable';
import { Failure } from '../Failure';
import { FreshnessBanner } from '../FreshnessBanner';
import { Placeholder } from '../Placeholder';
import { Section } from '../Section';
import { StateLabel } from '../StateLabel';
import { EmptyPortfolio } from './EmptyPortfolio';
import { MoversPanel } from './MoversPanel';
import { missingDaysOf } from './missingDays';
import { PortfolioControls } from './PortfolioControls';
import { portfolioCsv } from './portfolioCsv';
import { PortfolioTable } from './PortfolioTable';
import { ScopeLine } from './ScopeLine';
import { byWords, entitiesText } from './words';
import styles from './PortfolioPage.module.css';

/** What everything costs that the person may read. */
export function PortfolioPage() {
  const { selection, select } = usePortfolioSelection();
  const query = toPortfolioQuery(selection);
  const { call, retry } = usePortfolio(query, selection.all);
  const answer = answerOf(call);
  const loading = call.status === 'loading';

  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.title}>
          <Text as="h2" variant="title-small" weight="bold">
            Portfolio
          </Text>
          {answer && <StateLabel state={answer.headline.state} />}
        </div>
        {answer && <Text as="p">{answer.headline.reason}</Text>}
        {answer && (
          <Text as="p" color="secondary">
            {entitiesText(answer)}
          </Text>
        )}
        {loading && !answer && <Placeholder width="20rem" height="2.5rem" />}
      </header>
      <PortfolioControls
        selection={selection}
        environments={answer?.environments ?? []}
        currencies={answer?.currencies ?? []}
        onSelect={select}
      />
      <ScopeLine />
      <div className={styles.progress} role="status">
        {loading && <LinearProgress aria-label="Loading the portfolio" />}
      </div>
      <div
        className={styles.body}
        aria-busy={loading}
        data-stale={loading && answer !== undefined}
      >
        {call.status === 'failed' && (
          <Failure what="the portfolio" error={call.error} onRetry={retry} />
        )}
        {loading && !answer && <Placeholder width="100%" height="24rem" />}
        {answer && <Answer answer={answer} />}
      </div>
    </div>
  );
}

function Answer({ answer }: { answer: Portfolio }) {
  const api = useApi(plumblineApiRef);
  const { selection, select } = usePortfolioSelection();
  const { by, currencies } = answer;
  const missing = missingText(missingDaysOf(answer));
  const shown = currencies.filter(
    currency => (selection.currency ?? currency) === currency,
  );
  const query = toPortfolioQuery(selection);
  return (
    <>
      <FreshnessBanner freshness={answer.freshness} />
      {missing && (
        <Text as="p" color="secondary">
          {missing}
        </Text>
      )}
      {shown.length === 0 && <EmptyPortfolio answer={answer} />}
      {shown.map((currency, index) => (
        <div key={currency} className={styles.currency}>
          <Section
            title={
              currencies.length > 1
                ? `By ${byWords[by].one} in ${currency}`
                : `By ${byWords[by].one}`
            }
            description={`By the day of the charge. ${
              basisSentences[answer.basis]
            }`}
            actions={
              index === 0 && (
                <CsvButton
                  label={`Save the cost by ${byWords[by].one} as CSV`}
                  fileName={`portfolio_${by}_${query.from}_${query.to}.csv`}
                  content={async () =>
                    portfolioCsv(await readWholePortfolio(api, query))
                  }
                />
              )
            }
          >
            <PortfolioTable
              answer={answer}
              currency={currency}
              selection={selection}
              onSelect={select}
            />
            <NoMatch answer={answer} currency={currency} />
          </Section>
          <MoversPanel answer={answer} currency={currency} />
        </div>
      ))}
      {answer.nextCursor !== undefined && (
        <Flex justify="center">
          <Button variant="secondary" onPress={() => select({ all: true })}>
            Show all rows
          </Button>
        </Flex>
      )}
    </>
  );
}

/** Nobody has the name that was looked for. */
function NoMatch(props: { answer: Portfolio; currency: string }) {
  const { answer, currency } = props;
  const { selection, addressOf } = usePortfolioSelection();
  const found = answer.totals.find(total => total.currency === currency);
  if (selection.search === undefined || (found?.rows ?? 0) > 0) {
    return null;
  }
  return (
    <Flex align="center" gap="3" mt="3">
      <Text color="secondary">
        No {byWords[answer.by].one} with a cost has ‘{selection.search}’ in its
        name.
      </Text>
      <ButtonLink
        size="small"
        variant="tertiary"
        href={addressOf({ search: undefined })}
      >
        Show them all
      </ButtonLink>
    </Flex>
  );
}
