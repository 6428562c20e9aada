import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

const gallery = createFrontendPlugin({
  pluginId: 'gallery',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: () => import('./Gallery').then(m => <m.Gallery />),
      },
    }),
  ],
});

createDevApp({ features: [gallery] });
