import type { Entity } from '@backstage/catalog-model';
import type {
  EntityOverview,
  PlumblineApi,
} from '@plumbline/backstage-plugin-plumbline-common';
import {
  answeredError,
  checkout,
  costHeadline,
  costsFor,
  currencyHeadline,
  entityOf,
  fixtureApi,
  freshness,
  hoursAgo,
  dayFromToday,
  inEuro,
  noBindings,
  ordersTable,
  overviewOf,
  rollupOverview,
  shop,
} from '../src/fixtures';

/** A state to look at: an entity and what the API answers about it. */
export interface DevState {
  id: string;
  title: string;
  entity: Entity;
  api: PlumblineApi;
}

const forever = () => new Promise<never>(() => {});

function card(
  id: string,
  title: string,
  answer: EntityOverview | Error | 'loading',
  entity: Entity = checkout,
): DevState {
  return {
    id,
    title,
    entity,
    api: fixtureApi({
      getOverview: async () => {
        if (answer === 'loading') {
          return forever();
        }
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
    }),
  };
}

const notSetUp = costHeadline({
  state: 'not-set-up',
  reason: 'Nothing says which cloud resources belong here.',
  currencies: [],
});

/** Every state of the cost card. */
export const costCardStates: DevState[] = [
  card('ok', 'OK', overviewOf(costHeadline())),
  card(
    'attention',
    'Needs attention, two currencies',
    overviewOf(
      costHeadline({
        state: 'needs-attention',
        reason: 'Lambda costs twice what it did in October.',
        currencies: [
          currencyHeadline({ change: '0.98', sameDaysBefore: '514.3' }),
          currencyHeadline({
            currency: 'EUR',
            monthToDate: '0.004211',
            sameDaysBefore: undefined,
            change: undefined,
          }),
        ],
        environments: 'all',
      }),
    ),
  ),
  card(
    'stale',
    'Stale',
    overviewOf(
      costHeadline({
        state: 'cannot-tell',
        reason: 'The bill is nine days behind.',
        currencies: [
          currencyHeadline({
            daily: currencyHeadline().daily.filter(
              (_, index) => index < 12 || index > 16,
            ),
          }),
        ],
        freshness: freshness({
          state: 'stale',
          dataThrough: dayFromToday(-11),
          collectedAt: hoursAgo(24 * 9),
        }),
      }),
    ),
  ),
  ...(['partial', 'failing', 'paused'] as const).map(state =>
    card(
      state,
      state[0].toLocaleUpperCase('en-US') + state.slice(1),
      overviewOf(
        costHeadline({
          state: 'cannot-tell',
          freshness: freshness({ state }),
        }),
      ),
    ),
  ),
  card(
    'unknown',
    'Nothing collected yet',
    overviewOf(
      costHeadline({
        state: 'cannot-tell',
        reason: 'No bill has been collected yet.',
        currencies: [],
        freshness: { state: 'unknown', sources: [] },
      }),
    ),
  ),
  card('loading', 'Loading', 'loading'),
  card(
    'failed',
    'Failed',
    answeredError(500, 'The database did not answer in time'),
  ),
  card('hidden', 'Not visible', answeredError(404, 'Not found')),
  card('forbidden', 'Costs not allowed', overviewOf(undefined)),
  card('not-set-up', 'Not set up (component)', overviewOf(notSetUp)),
  card(
    'not-set-up-resource',
    'Not set up (resource)',
    overviewOf(notSetUp),
    ordersTable,
  ),
];

/** Every state of the overview card. */
export const overviewCardStates: DevState[] = [
  card('rollup', 'System', rollupOverview(), shop),
  card(
    'rollup-not-set-up',
    'Group, not set up, policy hidden',
    rollupOverview({
      cost: {
        ...notSetUp,
        reason: 'None of its members is set up.',
        members: { counted: 0, hidden: 0 },
      },
      policy: undefined,
    }),
    entityOf('Group', 'team-shop'),
  ),
  card('rollup-loading', 'Loading', 'loading', shop),
  card(
    'rollup-failed',
    'Failed',
    answeredError(503, 'The service is starting'),
    shop,
  ),
];

function tab(
  id: string,
  title: string,
  change: Partial<PlumblineApi>,
  entity: Entity = checkout,
): DevState {
  return { id, title, entity, api: fixtureApi(change) };
}

/** Every state of the tab. */
export const tabStates: DevState[] = [
  tab('tab', 'Component', {}),
  tab('tab-currencies', 'Two currencies, failing source', {
    getCosts: async (_, query) => {
      const costs = costsFor(query, {
        freshness: freshness({ state: 'failing' }),
      });
      return {
        ...costs,
        currencies: [...costs.currencies, ...costs.currencies.map(inEuro)],
      };
    },
  }),
  ...(['stale', 'partial', 'paused'] as const).map(state =>
    tab(`tab-${state}`, state[0].toLocaleUpperCase('en-US') + state.slice(1), {
      getCosts: async (_, query) =>
        costsFor(query, { freshness: freshness({ state }) }),
    }),
  ),
  tab('tab-unknown', 'Nothing collected yet', {
    getCosts: async (_, query) =>
      costsFor(query, {
        headline: {
          state: 'cannot-tell',
          reason: 'No bill has been collected yet.',
        },
        currencies: [],
        freshness: { state: 'unknown', sources: [] },
      }),
  }),
  tab('tab-loading', 'Loading', { getCosts: forever, getBindings: forever }),
  tab('tab-failed', 'Failed', {
    getCosts: async () => {
      throw answeredError(500, 'The database did not answer in time');
    },
  }),
  tab('tab-not-set-up', 'Not set up', {
    getCosts: async (_, query) =>
      costsFor(query, { headline: notSetUp, currencies: [] }),
    getBindings: async () => noBindings,
  }),
  tab('tab-empty', 'No figures for these days', {
    getCosts: async (_, query) =>
      costsFor(query, {
        headline: {
          state: 'cannot-tell',
          reason: 'None of its resources appears in the bill.',
        },
        currencies: [],
      }),
  }),
  tab(
    'tab-system',
    'System',
    {
      getCosts: async (_, query) => ({
        ...costsFor({ ...query, scope: 'with-dependencies' }),
        scope: 'rollup',
        members: { counted: 9, hidden: 3 },
      }),
    },
    shop,
  ),
];
