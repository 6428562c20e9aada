import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { PlumblineStatus } from '@plumbline/backstage-plugin-plumbline-common';

/** How Plumbline itself is doing. @internal */
export interface StatusService {
  getStatus(request: {
    credentials: BackstageCredentials;
  }): Promise<PlumblineStatus>;
}
