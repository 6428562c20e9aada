import type {
  AuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PermissionRuleset } from '@backstage/plugin-permission-node';
import type {
  PlumblineEntityFilter,
  PlumblineEntityResource,
} from '@plumbline/backstage-plugin-plumbline-node';
import type { BindingStore } from './bindings';
import {
  AuthorizedBindingService,
  DefaultBindingService,
} from './bindings/service';
import type { BindingService } from './bindings/service';
import {
  AuthorizedProposalService,
  CatalogFileReader,
  DefaultProposalService,
} from './bindings/proposals';
import type { ProposalService } from './bindings/proposals';
import type { RepositoryLocator } from './bindings/repositories';
import {
  AuthorizedSuggestionService,
  SuggestionStore,
} from './bindings/suggestions';
import type { SuggestionService } from './bindings/suggestions';
import { AuthorizedCostService, DefaultCostService } from './cost';
import type { CostService, SourceStatuses } from './cost';
import { Converters, RatesStatusReader, readCurrency } from './cost/currency';
import { RepositoryFiguresReader } from './cost/budgets';
import {
  readUnitCosts,
  UnitCostDefinitions,
  UnitCostReader,
} from './cost/unitCosts';
import { UsageStore } from './usage';
import {
  AuthorizedChargesService,
  DefaultChargesService,
} from './cost/charges';
import type { ChargesService } from './cost/charges';
import {
  AuthorizedReconcileService,
  DefaultReconcileService,
} from './cost/reconcile';
import type { ReconcileService } from './cost/reconcile';
import {
  AccountCoverageStore,
  AuthorizedCoverageService,
  DefaultCoverageService,
} from './cost/coverage';
import type { CoverageService } from './cost/coverage';
import { AuthorizedBudgetService, BudgetStore } from './cost/budgets';
import type { BudgetService } from './cost/budgets';
import type { EntityCostMaterializer } from './cost/materialise';
import {
  AuthorizedStatementService,
  DefaultStatementService,
} from './cost/statements';
import type { ClosingCalendar, StatementService } from './cost/statements';
import {
  AuthorizedPortfolioService,
  DefaultPortfolioService,
} from './cost/portfolio';
import type { PortfolioService } from './cost/portfolio';
import {
  AuthorizedUnallocatedService,
  DefaultUnallocatedService,
} from './cost/unallocated';
import type { UnallocatedService } from './cost/unallocated';
import {
  AuthorizedClaimService,
  DefaultClaimService,
} from './cost/unallocated/claims';
import type { ClaimService } from './cost/unallocated/claims';
import type { PlumblineDatabase } from './database';
import { AuthorizedOverviewService, DefaultOverviewService } from './overview';
import type { OverviewService } from './overview';
import { CatalogNames, EntityAuthorizer } from './permissions';
import type { EntityStore } from './permissions';
import {
  AuthorizedStatusService,
  CatalogStatusStore,
  DefaultStatusService,
  OfDomain,
  RecentStatuses,
} from './status';
import type { SourceDetailsReader, StatusService } from './status';
import type { SourceControl } from './collect';

/** What router and actions are made of; each authorises its caller. @internal */
export interface Services {
  overviews: OverviewService;
  costs: CostService;
  charges: ChargesService;
  portfolio: PortfolioService;
  reconcile: ReconcileService;
  bindings: BindingService;
  budgets: BudgetService;
  statements: StatementService;
  status: StatusService;
  coverage: CoverageService;
  unallocated: UnallocatedService;
  claims: ClaimService;
  suggestions: SuggestionService;
  proposals: ProposalService;
}

/** Joins each service with the authorisation in front of it. @internal */
export function createServices(options: {
  config: RootConfigService;
  auth: AuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  catalog: CatalogService;
  database: PlumblineDatabase;
  entities: EntityStore;
  ruleset: PermissionRuleset<PlumblineEntityResource, PlumblineEntityFilter>;
  bindings: BindingStore;
  /** Key of the tag by which a resource names its entity. */
  ownershipTag: string;
  statuses: SourceStatuses;
  sources: SourceDetailsReader;
  control: SourceControl;
  /** Of accounts, by canonical id. */
  environments: ReadonlyMap<string, string>;
  materializer: EntityCostMaterializer;
  calendar: ClosingCalendar;
  logger: LoggerService;
  urlReader: UrlReaderService;
  locator: RepositoryLocator;
}): Services {
  const { entities } = options;
  const authorizer = EntityAuthorizer.create(options);
  const names = CatalogNames.create(options);
  const suggestions = SuggestionStore.create(options);
  const statuses = RecentStatuses.create({
    inner: OfDomain.create({ inner: options.statuses, domain: 'cost' }),
  });
  const currency = readCurrency(options.config);
  const costs = DefaultCostService.create({
    ...options,
    statuses,
    unitCosts: UnitCostReader.create({
      definitions: UnitCostDefinitions.create({
        configured: readUnitCosts(options.config),
        repositories: RepositoryFiguresReader.create(options),
      }),
      usage: UsageStore.create(options),
    }),
    converters: Converters.create({
      ...options,
      config: currency,
    }),
  });
  return {
    overviews: AuthorizedOverviewService.create({
      inner: DefaultOverviewService.create({ costs, entities }),
      authorizer,
      entities,
      names,
    }),
    costs: AuthorizedCostService.create({
      inner: costs,
      authorizer,
      entities,
      names,
    }),
    reconcile: AuthorizedReconcileService.create({
      inner: DefaultReconcileService.create({ ...options, statuses }),
      authorizer,
      entities,
      userInfo: options.userInfo,
    }),
    charges: AuthorizedChargesService.create({
      inner: DefaultChargesService.create({ ...options, statuses }),
      authorizer,
      entities,
      names,
    }),
    portfolio: AuthorizedPortfolioService.create({
      inner: DefaultPortfolioService.create({ ...options, statuses }),
      authorizer,
      entities,
      names,
    }),
    bindings: AuthorizedBindingService.create({
      inner: DefaultBindingService.create({ store: options.bindings }),
      authorizer,
      entities,
      names,
    }),
    budgets: AuthorizedBudgetService.create({
      store: BudgetStore.create(options),
      authorizer,
      entities,
      names,
    }),
    statements: AuthorizedStatementService.create({
      inner: DefaultStatementService.create(options),
      authorizer,
      entities,
      names,
    }),
    status: AuthorizedStatusService.create({
      inner: DefaultStatusService.create({
        ...options,
        catalogStatus: CatalogStatusStore.create(options),
        exchangeRates: RatesStatusReader.create({
          ...options,
          config: currency,
        }),
      }),
      authorizer,
    }),
    suggestions: AuthorizedSuggestionService.create({
      suggestions,
      authorizer,
      entities,
      names,
    }),
    proposals: AuthorizedProposalService.create({
      inner: DefaultProposalService.create({
        suggestions,
        names,
        files: CatalogFileReader.create(options),
      }),
      authorizer,
    }),
    coverage: AuthorizedCoverageService.create({
      inner: DefaultCoverageService.create({
        ...options,
        store: AccountCoverageStore.create(options),
      }),
      authorizer,
    }),
    unallocated: AuthorizedUnallocatedService.create({
      inner: DefaultUnallocatedService.create({ ...options, statuses }),
      authorizer,
      entities,
    }),
    claims: AuthorizedClaimService.create({
      ...options,
      inner: DefaultClaimService.create(options),
      authorizer,
      names,
    }),
  };
}
