import { useApi } from '@backstage/core-plugin-api';
import { Select, Text } from '@backstage/ui';
import type { Coverage } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { formatMonth, formatShare } from '../../format';
import { answerOf, useCall } from '../../hooks';
import { Failure } from '../Failure';
import { Placeholder } from '../Placeholder';
import { Section } from '../Section';
import { CoverageTable } from './CoverageTable';
import { useSetupSelection } from './useSetupSelection';
import { countOf, instantText } from './words';
import styles from './SetupPage.module.css';

/** How much of each account's cost belongs to entities. */
export function CoverageSection() {
  const api = useApi(plumblineApiRef);
  const {
    selection: { month, currency },
    select,
  } = useSetupSelection();
  const { call, retry } = useCall({
    subject: 'coverage',
    question: `${month} ${currency}`,
    load: signal => api.getCoverage({ month, currency }, { signal }),
  });
  const coverage = answerOf(call);
  return (
    <Section
      title="Coverage by account"
      description="Amortised cost of a billing month, as it was found before shared cost is split. Accounts with the most unallocated come first."
    >
      {call.status === 'failed' && (
        <Failure what="the coverage" error={call.error} onRetry={retry} />
      )}
      {call.status === 'loading' && !coverage && (
        <Placeholder width="100%" height="8rem" />
      )}
      {coverage && (
        <div className={styles.stack} aria-busy={call.status === 'loading'}>
          {coverage.month && (
            <div className={styles.fields}>
              <Select
                label="Month"
                options={coverage.months.map(id => ({
                  id,
                  label: formatMonth(`${id}-01`),
                }))}
                value={coverage.month}
                onChange={value => select({ month: String(value) })}
              />
              {coverage.currencies.length > 1 && (
                <Select
                  label="Currency"
                  options={coverage.currencies.map(id => ({ id, label: id }))}
                  value={coverage.currency ?? null}
                  onChange={value => select({ currency: String(value) })}
                />
              )}
            </div>
          )}
          <Summary coverage={coverage} />
          {coverage.accounts.length > 0 && (
            <CoverageTable coverage={coverage} />
          )}
          {coverage.nextCursor && (
            <Text as="p" variant="body-small" color="secondary">
              These are the first {coverage.accounts.length} accounts; the rest
              has less that is unallocated.
            </Text>
          )}
        </div>
      )}
    </Section>
  );
}

function Summary({ coverage }: { coverage: Coverage }) {
  const { month, total, pending, computedAt } = coverage;
  if (!month) {
    return (
      <Text as="p" color="secondary">
        No bill was worked out yet. That takes a minute or two after the first
        one was read.
      </Text>
    );
  }
  return (
    <div>
      <Text as="p">
        {shareText(coverage)} {countOf(total.resources.unallocated, 'resource')}{' '}
        of {total.resources.total.toLocaleString('en-US')}{' '}
        {total.resources.unallocated === 1 ? 'belongs' : 'belong'} to nobody.
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {pending
          ? 'Something was published or allocated since; the figures follow within minutes.'
          : `Worked out ${instantText(computedAt)}.`}
      </Text>
    </div>
  );
}

function shareText({ amountsVisible, total }: Coverage): string {
  if (!amountsVisible) {
    return 'You see counts of resources, not amounts: those are for people who may read the cost of everything.';
  }
  return total.allocatedShare === undefined
    ? 'The month comes to nothing or less, so there is no share to show.'
    : `${formatShare(total.allocatedShare)} of the cost belongs to entities.`;
}
