import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { PlumblineClient } from '@plumbline/backstage-plugin-plumbline-common';
import { plumblineApiRef } from '../api';

/** The client of Plumbline's back end. */
export const plumblineApi = ApiBlueprint.make({
  params: define =>
    define({
      api: plumblineApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        PlumblineClient.create({ discoveryApi, fetchApi }),
    }),
});
