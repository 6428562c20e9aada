import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiFocus2Line } from '@remixicon/react';
import {
  costCard,
  overviewCard,
  plumblineApi,
  plumblineContent,
  plumblinePage,
} from './extensions';
import { plumblinePageRouteRef } from './routes';

/**
 * Plumbline for the new front-end system: cards and a tab on entity pages, and a page of its own.
 *
 * @public
 */
export const plumblinePlugin = createFrontendPlugin({
  pluginId: 'plumbline',
  title: 'Plumbline',
  icon: <RiFocus2Line />,
  info: { packageJson: () => import('../package.json') },
  extensions: [
    plumblineApi,
    costCard,
    overviewCard,
    plumblineContent,
    plumblinePage,
  ],
  routes: { root: plumblinePageRouteRef },
});
