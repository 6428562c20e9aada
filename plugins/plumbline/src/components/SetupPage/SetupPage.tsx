import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import type { PlumblineStatus } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../../api';
import { answerOf, useCall } from '../../hooks';
import { Failure } from '../Failure';
import { Placeholder } from '../Placeholder';
import { CatalogSection } from './CatalogSection';
import { CoverageSection } from './CoverageSection';
import { ExchangeRatesSection } from './ExchangeRatesSection';
import { SetupGuide } from './SetupGuide';
import { SourcesSection } from './SourcesSection';
import { SuggestionsSection } from './SuggestionsSection';
import styles from './SetupPage.module.css';

/** How Plumbline itself is doing, and what is left to set up; for administrators. */
export function SetupPage() {
  const api = useApi(plumblineApiRef);
  const { call, retry } = useCall({
    subject: 'status',
    load: signal => api.getStatus({ signal }),
  });
  const status = answerOf(call);
  return (
    <div className={styles.page}>
      <header>
        <Text as="h2" variant="title-small" weight="bold">
          Setup
        </Text>
        <Text as="p" color="secondary">
          Where the figures come from, how far they reach, and what nobody
          claims yet.
        </Text>
      </header>
      {call.status === 'failed' && (
        <Failure
          what="the state of the sources"
          error={call.error}
          onRetry={retry}
        />
      )}
      {call.status === 'loading' && !status && (
        <Placeholder width="100%" height="12rem" />
      )}
      {status && <Parts status={status} onChange={retry} />}
    </div>
  );
}

function Parts(props: { status: PlumblineStatus; onChange: () => void }) {
  const { status, onChange } = props;
  const hasCosts = status.sources.some(({ domain }) => domain === 'cost');
  return (
    <>
      {!hasCosts && <SetupGuide />}
      <SourcesSection sources={status.sources} onChange={onChange} />
      {hasCosts && <CoverageSection />}
      {hasCosts && <SuggestionsSection />}
      <CatalogSection catalog={status.catalog} />
      {status.exchangeRates && (
        <ExchangeRatesSection rates={status.exchangeRates} />
      )}
    </>
  );
}
