import type {
  AuthService,
  LoggerService,
  RootConfigService,
  SchedulerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PlumblineDatabase } from '../database';
import type { Allocator } from './Allocator';
import { BindingResolver } from './BindingResolver';
import { readBindingsConfig } from './BindingsConfig';
import { BindingStore } from './BindingStore';
import { BindingsTask, type Settling } from './BindingsTask';
import { CatalogPoller } from './catalog';
import { createClaimExtractor } from './claims';
import { RepositoryFileReader, RepositoryLocator } from './repositories';

/** Everything about bindings that the plugin wires together. @internal */
export interface Bindings {
  allocator: Allocator;
  store: BindingStore;
  /** Key of the tag by which a resource names its entity. */
  ownershipTag: string;
  /** Environment by canonical account id, from the operator's map. */
  accountEnvironments: ReadonlyMap<string, string>;
  /** Starts following the catalog and the repositories. */
  start(scheduler: SchedulerService): Promise<void>;
}

/**
 * Makes the parts of bindings.
 *
 * @throws InputError when the configuration cannot be understood
 * @internal
 */
export function createBindings(options: {
  config: RootConfigService;
  logger: LoggerService;
  database: PlumblineDatabase;
  catalog: CatalogService;
  auth: AuthService;
  urlReader: UrlReaderService;
  now?: () => Date;
  settling?: Settling;
}): Bindings {
  const locator = RepositoryLocator.fromConfig(options.config);
  const config = readBindingsConfig(options.config, locator);
  const allocator = BindingResolver.create({ ...options, config });
  const task = BindingsTask.create({
    allocator,
    database: options.database,
    poller: CatalogPoller.create({
      ...options,
      extractor: createClaimExtractor(locator),
    }),
    files: RepositoryFileReader.create({ ...options, locator }),
    schedule: config.schedule,
    settling: options.settling,
  });
  return {
    allocator,
    store: BindingStore.create({ ...options, config }),
    ownershipTag: config.ownershipTag,
    accountEnvironments: config.environments.accounts,
    start: scheduler => task.start(scheduler),
  };
}
