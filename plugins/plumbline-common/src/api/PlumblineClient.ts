import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { EntityRef } from '../entityRef';
import type { EntityBindings } from './bindings';
import type { BudgetsPage, BudgetsQuery } from './budgets';
import type { ChargesQuery, EntityCharges } from './charges';
import type { Claim, ClaimProposal, Claims, ClaimState } from './claims';
import type { CostQuery, EntityCosts } from './costs';
import type { Coverage, CoverageQuery } from './coverage';
import type { EntityOverview, Month } from './headline';
import type { Portfolio, PortfolioQuery } from './portfolio';
import type { PlumblineApi, RequestOptions } from './PlumblineApi';
import type {
  Statement,
  StatementAsOf,
  StatementLines,
  StatementLinesQuery,
  StatementMonth,
  StatementMonths,
  StatementQuery,
} from './statements';
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

/** Where the back end is found; Backstage's discovery API and service both fit. @public */
export interface PlumblineClientDiscovery {
  getBaseUrl(pluginId: string): Promise<string>;
}

/** How it is asked; Backstage's fetch API fits. @public */
export interface PlumblineClientFetch {
  fetch: typeof fetch;
}

/**
 * Plumbline's HTTP API over `fetch`, for browser and server.
 *
 * Every method throws a `ResponseError` on an answer that is no success.
 *
 * @public
 */
export class PlumblineClient implements PlumblineApi {
  readonly #discoveryApi: PlumblineClientDiscovery;
  readonly #fetchApi: PlumblineClientFetch;

  private constructor(
    discoveryApi: PlumblineClientDiscovery,
    fetchApi: PlumblineClientFetch,
  ) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  static create(options: {
    discoveryApi: PlumblineClientDiscovery;
    fetchApi: PlumblineClientFetch;
  }): PlumblineClient {
    return new PlumblineClient(options.discoveryApi, options.fetchApi);
  }

  async getOverview(
    entityRef: EntityRef,
    options?: RequestOptions,
  ): Promise<EntityOverview> {
    return this.#get(`${entityPath(entityRef)}/overview`, {}, options);
  }

  async getOverviews(
    entityRefs: EntityRef[],
    options?: RequestOptions,
  ): Promise<{ items: EntityOverview[] }> {
    return this.#post('/v1/overviews', { entityRefs }, options);
  }

  async getCosts(
    entityRef: EntityRef,
    query: CostQuery,
    options?: RequestOptions,
  ): Promise<EntityCosts> {
    return this.#get(`${entityPath(entityRef)}/costs`, { ...query }, options);
  }

  async getCharges(
    entityRef: EntityRef,
    query: ChargesQuery,
    options?: RequestOptions,
  ): Promise<EntityCharges> {
    return this.#get(`${entityPath(entityRef)}/charges`, { ...query }, options);
  }

  async getBindings(
    entityRef: EntityRef,
    query: { cursor?: string; limit?: number } = {},
    options?: RequestOptions,
  ): Promise<EntityBindings> {
    return this.#get(`${entityPath(entityRef)}/bindings`, query, options);
  }

  async getBudgets(
    query: BudgetsQuery = {},
    options?: RequestOptions,
  ): Promise<BudgetsPage> {
    return this.#get('/v1/budgets', { ...query }, options);
  }

  async getPortfolio(
    query: PortfolioQuery,
    options?: RequestOptions,
  ): Promise<Portfolio> {
    return this.#get('/v1/portfolio', { ...query }, options);
  }

  async getReconciliation(
    query: ReconcileQuery = {},
    options?: RequestOptions,
  ): Promise<Reconciliation> {
    return this.#get('/v1/reconcile', { ...query }, options);
  }

  async enterInvoice(
    invoice: InvoiceInput,
    options?: RequestOptions,
  ): Promise<void> {
    await this.#fetch(
      '/v1/invoices',
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(invoice),
      },
      options,
    );
  }

  async getStatus(options?: RequestOptions): Promise<PlumblineStatus> {
    return this.#get('/v1/status', {}, options);
  }

  async pauseSource(
    sourceId: string,
    options?: RequestOptions,
  ): Promise<SourceDetails> {
    return this.#post(`${sourcePath(sourceId)}/pause`, undefined, options);
  }

  async resumeSource(
    sourceId: string,
    options?: RequestOptions,
  ): Promise<SourceDetails> {
    return this.#post(`${sourcePath(sourceId)}/resume`, undefined, options);
  }

  async collectSource(
    sourceId: string,
    options?: RequestOptions,
  ): Promise<SourceDetails> {
    return this.#post(`${sourcePath(sourceId)}/collect`, undefined, options);
  }

  async getBindingSuggestions(
    query: SuggestionQuery = {},
    options?: RequestOptions,
  ): Promise<BindingSuggestions> {
    return this.#get('/v1/binding-suggestions', { ...query }, options);
  }

  async previewBindingProposal(
    suggestionIds: string[],
    options?: RequestOptions,
  ): Promise<ProposalPreview> {
    return this.#post(
      '/v1/binding-proposals/preview',
      { suggestionIds },
      options,
    );
  }

  async getCoverage(
    query: CoverageQuery = {},
    options?: RequestOptions,
  ): Promise<Coverage> {
    return this.#get('/v1/coverage', { ...query }, options);
  }

  async getStatements(
    query: { cursor?: string; limit?: number } = {},
    options?: RequestOptions,
  ): Promise<StatementMonths> {
    return this.#get('/v1/statements', query, options);
  }

  async getStatement(
    month: Month,
    query: StatementQuery = {},
    options?: RequestOptions,
  ): Promise<Statement> {
    const { asOf, ...rest } = query;
    return this.#get(statementPath(month), { ...rest, 'as-of': asOf }, options);
  }

  async getStatementLines(
    month: Month,
    query: StatementLinesQuery,
    options?: RequestOptions,
  ): Promise<StatementLines> {
    const { asOf, ...rest } = query;
    return this.#get(
      `${statementPath(month)}/lines`,
      { ...rest, 'as-of': asOf },
      options,
    );
  }

  async getStatementCsv(
    month: Month,
    query: { asOf?: StatementAsOf } = {},
    options?: RequestOptions,
  ): Promise<{ fileName: string; content: Blob }> {
    const response = await this.#fetch(
      `${statementPath(month)}/csv${searchOf({ 'as-of': query.asOf })}`,
      {},
      options,
    );
    const named = /filename="([^"]+)"/.exec(
      response.headers.get('content-disposition') ?? '',
    );
    return {
      fileName: named?.[1] ?? `statement-${month}.csv`,
      content: await response.blob(),
    };
  }

  async closeStatement(
    month: Month,
    body: { force?: boolean; reason?: string } = {},
    options?: RequestOptions,
  ): Promise<StatementMonth> {
    return this.#post(`${statementPath(month)}/close`, body, options);
  }

  async getUnallocated(
    query: UnallocatedQuery,
    options?: RequestOptions,
  ): Promise<UnallocatedCosts> {
    return this.#get('/v1/unallocated', { ...query }, options);
  }

  async getUnallocatedTagKeys(
    query: BucketQuery,
    options?: RequestOptions,
  ): Promise<TagKeys> {
    return this.#get('/v1/unallocated/tag-keys', { ...query }, options);
  }

  async proposeClaim(
    proposal: ClaimProposal,
    options?: RequestOptions,
  ): Promise<Claim> {
    return this.#post('/v1/claims', proposal, options);
  }

  async listClaims(
    query: { state?: ClaimState; cursor?: string; limit?: number } = {},
    options?: RequestOptions,
  ): Promise<Claims> {
    return this.#get('/v1/claims', query, options);
  }

  async decideClaim(
    id: string,
    decision: { decision: 'accepted' | 'declined'; note?: string },
    options?: RequestOptions,
  ): Promise<Claim> {
    return this.#post(`/v1/claims/${id}/decision`, decision, options);
  }

  async withdrawClaim(
    id: string,
    note?: string,
    options?: RequestOptions,
  ): Promise<Claim> {
    return this.#post(`/v1/claims/${id}/withdrawal`, { note }, options);
  }

  async #post<T>(
    path: string,
    body: unknown,
    options?: RequestOptions,
  ): Promise<T> {
    return this.#request(
      path,
      {
        method: 'POST',
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      },
      options,
    );
  }

  async #get<T>(
    path: string,
    query: Record<string, string | number | undefined>,
    options?: RequestOptions,
  ): Promise<T> {
    return this.#request(`${path}${searchOf(query)}`, {}, options);
  }

  async #request<T>(
    path: string,
    init: RequestInit,
    options?: RequestOptions,
  ): Promise<T> {
    return (await this.#fetch(path, init, options)).json();
  }

  async #fetch(
    path: string,
    init: RequestInit,
    options?: RequestOptions,
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('plumbline');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, {
      ...init,
      ...(options?.signal && { signal: options.signal }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function searchOf(query: Record<string, string | number | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  return parameters.size ? `?${parameters}` : '';
}

function statementPath(month: Month): string {
  return `/v1/statements/${encodeURIComponent(month)}`;
}

function entityPath(entityRef: EntityRef): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [kind, namespace, name].map(encodeURIComponent);
  return `/v1/entities/${parts.join('/')}`;
}

function sourcePath(sourceId: string): string {
  return `/v1/sources/${encodeURIComponent(sourceId)}`;
}
