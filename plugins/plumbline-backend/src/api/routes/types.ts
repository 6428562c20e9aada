import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import type { spec } from '../openapi';

/** A router whose requests and answers are validated. @internal */
export type PlumblineRouter = ReturnType<
  typeof createValidatedOpenApiRouter<typeof spec>
>;

/** What every route needs. @internal */
export interface RouteServices {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
}
