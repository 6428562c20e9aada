import { Text } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { answerOf, useBindings, useCosts, useEntityRef } from '../../hooks';
import { lastDayOf, toCostQuery, useCostSelection } from '../../selection';
import { BindingsList } from '../BindingsList';
import { CostControls } from '../CostControls';
import { CurrencyBlockSkeleton } from '../CurrencyBlock';
import { Failure } from '../Failure';
import { FreshnessBanner } from '../FreshnessBanner';
import { SetUpSteps } from '../SetUpSteps';
import { StateLabel } from '../StateLabel';
import { CostDetails } from './CostDetails';
import styles from './PlumblineTab.module.css';

/** The Plumbline tab: everything known about what the entity costs. */
export function PlumblineTab() {
  const { entity, entityRef } = useEntityRef();
  const { selection, select } = useCostSelection();
  const query = toCostQuery(selection);
  const { call, retry } = useCosts(entityRef, query);
  const bindings = useBindings(entityRef);
  const costs = answerOf(call);
  const notSetUp = costs?.headline.state === 'not-set-up';

  return (
    <div className={styles.tab}>
      <header className={styles.header}>
        <div className={styles.title}>
          <Text as="h2" variant="title-small" weight="bold">
            Cost
          </Text>
          {costs && <StateLabel state={costs.headline.state} />}
        </div>
        {costs && <Text as="p">{costs.headline.reason}</Text>}
      </header>

      {notSetUp ? (
        <div className={styles.setUp}>
          <SetUpSteps entity={entity} />
        </div>
      ) : (
        <CostControls
          entity={entity}
          selection={selection}
          days={{ from: query.from, lastDay: lastDayOf(query.to) }}
          environments={costs?.environments ?? []}
          onSelect={select}
        />
      )}

      <div className={styles.progress} role="status">
        {call.status === 'loading' && (
          <LinearProgress aria-label="Loading the costs" />
        )}
      </div>

      <div
        className={styles.body}
        aria-busy={call.status === 'loading'}
        data-stale={call.status === 'loading' && costs !== undefined}
      >
        {call.status === 'failed' && (
          <Failure
            what="the costs of this entity"
            error={call.error}
            onRetry={retry}
          />
        )}
        {call.status === 'loading' && !costs && <CurrencyBlockSkeleton />}
        {costs && !notSetUp && (
          <>
            <FreshnessBanner freshness={costs.freshness} />
            <CostDetails
              entityRef={entityRef}
              selection={selection}
              query={query}
              call={call}
              costs={costs}
              bindings={answerOf(bindings.call)}
              retry={retry}
            />
          </>
        )}
        <BindingsList call={bindings.call} onRetry={bindings.retry} />
      </div>
    </div>
  );
}
