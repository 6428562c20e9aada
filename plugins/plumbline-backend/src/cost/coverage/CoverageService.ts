import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Coverage,
  Month,
} from '@plumbline/backstage-plugin-plumbline-common';

/** A page of coverage by account. @internal */
export interface CoverageRequest {
  month?: Month;
  currency?: string;
  /** How many accounts come before the page. */
  offset: number;
  limit: number;
}

/** How much of each account's cost belongs to entities. @internal */
export interface CoverageService {
  getCoverage(
    request: CoverageRequest & { credentials: BackstageCredentials },
  ): Promise<Coverage>;
}
