import type { ReactElement } from 'react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { Flex, Link, Text } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { plumblineApiRef } from '../src/api';
import { CostCard } from '../src/components/CostCard';
import { OverviewCard } from '../src/components/OverviewCard';
import { PlumblineTab } from '../src/components/PlumblineTab';
import {
  costCardStates,
  overviewCardStates,
  tabStates,
  type DevState,
} from './states';
import styles from './Gallery.module.css';

/** Every state of every part, without a back end. `?show=tab` shows one state alone. */
export function Gallery() {
  const [params] = useSearchParams();
  const shown = params.get('show');
  const tab = tabStates.find(({ id }) => id === shown);
  if (tab) {
    return (
      <div className={styles.page}>
        <State state={tab} element={<PlumblineTab />} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <Flex gap="4" mb="5" style={{ flexWrap: 'wrap' }}>
        {tabStates.map(({ id, title }) => (
          <Link key={id} href={`?show=${id}`}>
            Tab: {title}
          </Link>
        ))}
      </Flex>
      <div className={styles.cards}>
        {costCardStates.map(state => (
          <Titled key={state.id} state={state} element={<CostCard />} />
        ))}
        {overviewCardStates.map(state => (
          <Titled key={state.id} state={state} element={<OverviewCard />} />
        ))}
      </div>
    </div>
  );
}

function Titled(props: { state: DevState; element: ReactElement }) {
  return (
    <div id={props.state.id}>
      <Text as="p" variant="body-small" color="secondary">
        {props.state.title}
      </Text>
      <State {...props} />
    </div>
  );
}

function State({ state, element }: { state: DevState; element: ReactElement }) {
  return (
    <TestApiProvider apis={[[plumblineApiRef, state.api]]}>
      <EntityProvider entity={state.entity}>{element}</EntityProvider>
    </TestApiProvider>
  );
}
