import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Plumbline's own page. */
export const plumblinePageRouteRef = createRouteRef();
