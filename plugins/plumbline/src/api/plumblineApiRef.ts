import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PlumblineApi } from '@plumbline/backstage-plugin-plumbline-common';

/**
 * Plumbline's HTTP API. Both front-end systems use this reference.
 *
 * @public
 */
export const plumblineApiRef = createApiRef<PlumblineApi>().with({
  id: 'plugin.plumbline',
  pluginId: 'plumbline',
});
