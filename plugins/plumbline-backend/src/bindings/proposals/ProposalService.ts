import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ProposalPreview } from '@plumbline/backstage-plugin-plumbline-common';

/** What accepting suggestions would change in catalog files. @internal */
export interface ProposalService {
  /**
   * Reads the files from their Git hosts and writes nothing.
   *
   * @param request - ids of suggestions, at most 200
   * @throws InputError when one resource was chosen for two entities
   */
  preview(request: {
    suggestionIds: readonly number[];
    credentials: BackstageCredentials;
  }): Promise<ProposalPreview>;
}
