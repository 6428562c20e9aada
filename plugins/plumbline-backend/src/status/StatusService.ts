import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  PlumblineStatus,
  SourceDetails,
} from '@plumbline/backstage-plugin-plumbline-common';

/** What an administrator does to a source. @internal */
export type SourceChange = 'pause' | 'resume' | 'collect';

/** How Plumbline itself is doing. @internal */
export interface StatusService {
  getStatus(request: {
    credentials: BackstageCredentials;
  }): Promise<PlumblineStatus>;
  /**
   * @returns the source as it is afterwards
   * @throws NotFoundError when no such source is set up
   * @throws ConflictError when it cannot be collected now
   */
  changeSource(request: {
    sourceId: string;
    change: SourceChange;
    credentials: BackstageCredentials;
  }): Promise<SourceDetails>;
}
