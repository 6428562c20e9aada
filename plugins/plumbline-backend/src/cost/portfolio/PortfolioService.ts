import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CostBasis,
  EntityRef,
  Month,
  Portfolio,
  PortfolioBy,
  PortfolioSort,
} from '@plumbline/backstage-plugin-plumbline-common';
import type { EntityFilter } from '../../permissions';

/** A portfolio query whose parts were checked and filled in. @internal */
export interface ParsedPortfolioQuery {
  by: PortfolioBy;
  /** First and last month, both inclusive. */
  from: Month;
  to: Month;
  basis: CostBasis;
  environment?: string;
  currency?: string;
  /** Lower case. */
  search?: string;
  sort: PortfolioSort;
  order: 'asc' | 'desc';
  scope: PortfolioScope;
  cursor?: string;
  limit: number;
}

/** Whose entities are added up; everybody's where empty. `none` are those without. @internal */
export type PortfolioScope = Partial<
  Record<'owner' | 'system' | 'domain', EntityRef | 'none'>
>;

/** @internal */
export interface PortfolioRequest {
  query: ParsedPortfolioQuery;
  credentials: BackstageCredentials;
}

/** What a person sees of the portfolio. @internal */
export interface PortfolioView {
  query: ParsedPortfolioQuery;
  /** Only these entities are counted; all where absent. */
  readable?: EntityFilter;
  /** Keys of the buckets to show. */
  buckets: { shared?: number; unallocated?: number };
  /** Which of some entities may be named. */
  nameable(refs: readonly EntityRef[]): Promise<ReadonlySet<string>>;
}

/** What everything costs that the caller may read. @internal */
export interface PortfolioService {
  getPortfolio(request: PortfolioRequest): Promise<Portfolio>;
}

/** What everything costs, for whoever asks; who asks has authorised the caller. @internal */
export interface PortfolioReader {
  read(view: PortfolioView): Promise<Portfolio>;
}
