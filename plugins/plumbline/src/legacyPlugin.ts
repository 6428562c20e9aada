import { createElement, type JSX } from 'react';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { PlumblineClient } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from './api';

const pageRouteRef = createRouteRef({ id: 'plumbline-page' });
const tabRouteRef = createRouteRef({ id: 'plumbline' });

/**
 * Plumbline for the old front-end system.
 *
 * @public
 */
export const plumblinePlugin = createPlugin({
  id: 'plumbline',
  apis: [
    createApiFactory({
      api: plumblineApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        PlumblineClient.create({ discoveryApi, fetchApi }),
    }),
  ],
  routes: { root: pageRouteRef, tab: tabRouteRef },
});

/**
 * What a Component or Resource costs, as a card of its overview.
 *
 * @public
 */
export const EntityPlumblineCostCard: () => JSX.Element =
  plumblinePlugin.provide(
    createComponentExtension({
      name: 'EntityPlumblineCostCard',
      component: {
        lazy: () => import('./components/CostCard').then(m => m.CostCard),
      },
    }),
  );

/**
 * The four headlines of a System, Domain or Group, as a card of its overview.
 *
 * @public
 */
export const EntityPlumblineOverviewCard: () => JSX.Element =
  plumblinePlugin.provide(
    createComponentExtension({
      name: 'EntityPlumblineOverviewCard',
      component: {
        lazy: () =>
          import('./components/OverviewCard').then(m => m.OverviewCard),
      },
    }),
  );

/**
 * The Plumbline tab. Mount it at `/plumbline`, where the cards link to:
 * `<EntityLayout.Route path="/plumbline" title="Plumbline">`.
 *
 * @public
 */
export const EntityPlumblineContent: () => JSX.Element =
  plumblinePlugin.provide(
    createRoutableExtension({
      name: 'EntityPlumblineContent',
      component: () =>
        import('./components/PlumblineTab').then(m => m.PlumblineTab),
      mountPoint: tabRouteRef,
    }),
  );

/**
 * Plumbline's own page: what everything costs. Mount it at `/plumbline`:
 * `<Route path="/plumbline" element={<PlumblinePage />} />`.
 *
 * @public
 */
export const PlumblinePage: () => JSX.Element = plumblinePlugin.provide(
  createRoutableExtension({
    name: 'PlumblinePage',
    component: () =>
      import('./components/PlumblinePage').then(
        ({ PlumblinePage: Page }) =>
          () =>
            createElement(Page),
      ),
    mountPoint: pageRouteRef,
  }),
);
