import { Text } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { hasOwnFigures } from '../../kinds';
import { answerOf, useBindings, useCosts, useEntityRef } from '../../hooks';
import { lastDayOf, toCostQuery, useCostSelection } from '../../selection';
import { BindingsList } from '../BindingsList';
import { CostControls } from '../CostControls';
import { CurrencyBlockSkeleton } from '../CurrencyBlock';
import { explainFailure, Failure } from '../Failure';
import { FreshnessBanner } from '../FreshnessBanner';
import { Section } from '../Section';
import { SetUpSteps } from '../SetUpSteps';
import { themeClass } from '../theme';
import { CostDetails } from './CostDetails';
import { TabHeader } from './TabHeader';
import styles from './PlumblineTab.module.css';

const WHAT = 'the costs of this entity';

/** The Plumbline tab: everything known about what the entity costs. */
export function PlumblineTab() {
  const { entity, entityRef } = useEntityRef();
  const { selection, select } = useCostSelection();
  const query = {
    ...toCostQuery(selection),
    // What is added up from members has no dependencies of its own.
    ...(hasOwnFigures(entity) ? {} : { scope: 'own' as const }),
  };
  const { call, retry } = useCosts(entityRef, query);
  const bindings = useBindings(entityRef);
  const costs = answerOf(call);
  const found = answerOf(bindings.call);
  // What is added up from members has nothing of its own as a rule: an empty list would only puzzle.
  const showsBindings =
    hasOwnFigures(entity) ||
    (found && found.bindings.length + found.unresolved.length > 0);

  if (
    call.status === 'failed' &&
    explainFailure(call.error, WHAT).kind === 'not-visible'
  ) {
    return (
      <div className={`${themeClass} ${styles.tab}`}>
        <TabHeader loading={false} />
        <Failure what={WHAT} error={call.error} onRetry={retry} />
      </div>
    );
  }

  if (costs?.headline.state === 'not-set-up') {
    return (
      <div className={`${themeClass} ${styles.tab}`}>
        <TabHeader headline={costs.headline} loading={false} />
        <Section title="How to set it up">
          <SetUpSteps entity={entity} />
        </Section>
        {showsBindings && (
          <BindingsList call={bindings.call} onRetry={bindings.retry} />
        )}
      </div>
    );
  }

  const loading = call.status === 'loading';
  return (
    <div className={`${themeClass} ${styles.tab}`}>
      <TabHeader headline={costs?.headline} loading={loading} />
      <CostControls
        entity={entity}
        selection={selection}
        days={{ from: query.from, lastDay: lastDayOf(query.to) }}
        environments={costs?.environments ?? []}
        onSelect={select}
      />
      <div className={styles.progress} role="status">
        {loading && <LinearProgress aria-label="Loading the costs" />}
      </div>
      <div
        className={styles.body}
        aria-busy={loading}
        data-stale={loading && costs !== undefined}
      >
        {call.status === 'failed' && (
          <Failure what={WHAT} error={call.error} onRetry={retry} />
        )}
        {loading && !costs && <CurrencyBlockSkeleton />}
        {costs && (
          <>
            {call.status === 'failed' && (
              <Text as="p" color="secondary">
                Below is what was asked for before.
              </Text>
            )}
            <FreshnessBanner freshness={costs.freshness} />
            <CostDetails
              entityRef={entityRef}
              selection={selection}
              query={query}
              call={call}
              costs={costs}
              bindings={found}
              retry={retry}
            />
          </>
        )}
        {showsBindings && (
          <BindingsList call={bindings.call} onRetry={bindings.retry} />
        )}
      </div>
    </div>
  );
}
