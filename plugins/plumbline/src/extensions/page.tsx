import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiFocus2Line } from '@remixicon/react';
import { plumblinePageRouteRef } from '../routes';

/** Plumbline's own page, which has a header of its own. */
export const plumblinePage = PageBlueprint.make({
  params: {
    path: '/plumbline',
    title: 'Plumbline',
    icon: <RiFocus2Line />,
    noHeader: true,
    routeRef: plumblinePageRouteRef,
    loader: () =>
      import('../components/PlumblinePage').then(({ PlumblinePage }) => (
        <PlumblinePage />
      )),
  },
});
