import type { EntityRef } from '../entityRef';
import type { EntityBindings } from './bindings';
import type { BudgetsPage, BudgetsQuery } from './budgets';
import type { ChargesQuery, EntityCharges } from './charges';
import type { Claim, ClaimProposal, Claims, ClaimState } from './claims';
import type { CostQuery, EntityCosts } from './costs';
import type { Coverage, CoverageQuery } from './coverage';
import type { EntityOverview, Month } from './headline';
import type {
  Statement,
  StatementAsOf,
  StatementLines,
  StatementLinesQuery,
  StatementMonth,
  StatementMonths,
  StatementQuery,
} from './statements';
import type { Portfolio, PortfolioQuery } from './portfolio';
import type { InvoiceInput, ReconcileQuery, Reconciliation } from './reconcile';
import type { ProposalPreview } from './proposals';
import type { PlumblineStatus, SourceDetails } from './status';
import type { BindingSuggestions, SuggestionQuery } from './suggestions';
import type {
  BucketQuery,
  TagKeys,
  UnallocatedCosts,
  UnallocatedQuery,
} from './unallocated';

/** Options of every call. @public */
export interface RequestOptions {
  signal?: AbortSignal;
}

/**
 * Plumbline's HTTP API (`/api/plumbline`) as methods.
 *
 * @public
 */
export interface PlumblineApi {
  /** The four cards' headlines. @throws ResponseError with status 404 where the entity is not there or not the caller's. */
  getOverview(
    entityRef: EntityRef,
    options?: RequestOptions,
  ): Promise<EntityOverview>;
  /** Headlines of up to 200 entities; those the caller may not read are left out. */
  getOverviews(
    entityRefs: EntityRef[],
    options?: RequestOptions,
  ): Promise<{ items: EntityOverview[] }>;
  getCosts(
    entityRef: EntityRef,
    query: CostQuery,
    options?: RequestOptions,
  ): Promise<EntityCosts>;
  /**
   * What a figure of `getCosts` is made of, page by page.
   *
   * @throws ResponseError with status 409 where the bill was replaced since the page before.
   */
  getCharges(
    entityRef: EntityRef,
    query: ChargesQuery,
    options?: RequestOptions,
  ): Promise<EntityCharges>;
  getBindings(
    entityRef: EntityRef,
    query?: { cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<EntityBindings>;
  /** What everything costs that the caller may read. */
  getPortfolio(
    query: PortfolioQuery,
    options?: RequestOptions,
  ): Promise<Portfolio>;
  /** How sources and catalog are doing; for administrators. */
  /** Budgets of entities whose costs the caller may read, by entity. */
  getBudgets(
    query?: BudgetsQuery,
    options?: RequestOptions,
  ): Promise<BudgetsPage>;
  /**
   * Bills beside their invoices.
   *
   * @throws ResponseError with status 403 where the caller may not read all costs.
   */
  getReconciliation(
    query?: ReconcileQuery,
    options?: RequestOptions,
  ): Promise<Reconciliation>;
  /**
   * Adds what a person read on an invoice.
   *
   * @throws ResponseError with status 403 where the caller may not enter invoices.
   */
  enterInvoice(invoice: InvoiceInput, options?: RequestOptions): Promise<void>;
  getStatus(options?: RequestOptions): Promise<PlumblineStatus>;
  /** Lets a source rest until it is resumed; for administrators. */
  pauseSource(
    sourceId: string,
    options?: RequestOptions,
  ): Promise<SourceDetails>;
  /** Lets a paused source go on; for administrators. */
  resumeSource(
    sourceId: string,
    options?: RequestOptions,
  ): Promise<SourceDetails>;
  /**
   * Starts a run of a source soon; for administrators.
   *
   * @throws ResponseError with status 409 where it is paused, at work, or has no paid call left today
   */
  collectSource(
    sourceId: string,
    options?: RequestOptions,
  ): Promise<SourceDetails>;
  /** How much of each account's cost belongs to entities; for administrators. */
  getCoverage(
    query?: CoverageQuery,
    options?: RequestOptions,
  ): Promise<Coverage>;
  /** Billing months, the newest first: open, waiting, or closed. */
  getStatements(
    query?: { cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<StatementMonths>;
  /** A closed month as far as the caller may see it. @throws ResponseError with status 404 where it is not closed. */
  getStatement(
    month: Month,
    query?: StatementQuery,
    options?: RequestOptions,
  ): Promise<Statement>;
  /** The lines of one entity or bucket. @throws ResponseError with status 404 where it is not there or not the caller's. */
  getStatementLines(
    month: Month,
    query: StatementLinesQuery,
    options?: RequestOptions,
  ): Promise<StatementLines>;
  /** All lines that the caller may see, as CSV with FOCUS's column names. */
  getStatementCsv(
    month: Month,
    query?: { asOf?: StatementAsOf },
    options?: RequestOptions,
  ): Promise<{ fileName: string; content: Blob }>;
  /** Closes a month by hand; for administrators. Incomplete ones only by force, with the reason. */
  closeStatement(
    month: Month,
    body?: { force?: boolean; reason?: string },
    options?: RequestOptions,
  ): Promise<StatementMonth>;
  /** What cost that belongs to no entity consists of. @throws ResponseError with status 404 where the caller may not see the bucket. */
  getUnallocated(
    query: UnallocatedQuery,
    options?: RequestOptions,
  ): Promise<UnallocatedCosts>;
  /** "This is ours": proposes that unallocated resources belong to an entity, or gives the same open claim. */
  proposeClaim(
    proposal: ClaimProposal,
    options?: RequestOptions,
  ): Promise<Claim>;
  /** The caller's claims and those for entities of theirs; all for administrators. */
  listClaims(
    query?: { state?: ClaimState; cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<Claims>;
  /** Accepts or declines a claim; for administrators. */
  decideClaim(
    id: string,
    decision: { decision: 'accepted' | 'declined'; note?: string },
    options?: RequestOptions,
  ): Promise<Claim>;
  /** Takes a claim back; for its author. */
  withdrawClaim(
    id: string,
    note?: string,
    options?: RequestOptions,
  ): Promise<Claim>;
  /** Which tag keys its resources carry. */
  getUnallocatedTagKeys(
    query: BucketQuery,
    options?: RequestOptions,
  ): Promise<TagKeys>;
  /** Who resources that nobody claims probably belong to; for administrators. */
  getBindingSuggestions(
    query?: SuggestionQuery,
    options?: RequestOptions,
  ): Promise<BindingSuggestions>;
  /**
   * What accepting up to 200 suggestions would change in catalog files. Writes nothing; for administrators.
   *
   * @throws ResponseError with status 400 where one resource was chosen for two entities
   */
  previewBindingProposal(
    suggestionIds: string[],
    options?: RequestOptions,
  ): Promise<ProposalPreview>;
}
