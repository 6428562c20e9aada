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
import { StateReader } from './states/StateReader';
import { readStatesConfig } from './states/StatesConfig';
import { SuggestionTask } from './suggestions';

/** Everything about bindings that the plugin wires together. @internal */
export interface Bindings {
  allocator: Allocator;
  store: BindingStore;
  /** Key of the tag by which a resource names its entity. */
  ownershipTag: string;
  /** Environment by canonical account id, from the operator's map. */
  accountEnvironments: ReadonlyMap<string, string>;
  /** Understands addresses on the configured Git hosts. */
  locator: RepositoryLocator;
  /** Starts following the catalog, the repositories and the state files, and comparing what nobody claims. */
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
  const states = readStatesConfig(options.config, locator);
  const suggestions = SuggestionTask.create({ ...options, config, states });
  const allocator = BindingResolver.create({ ...options, config });
  const task = BindingsTask.create({
    allocator,
    database: options.database,
    poller: CatalogPoller.create({
      ...options,
      extractor: createClaimExtractor(locator),
    }),
    files: RepositoryFileReader.create({ ...options, locator }),
    states: StateReader.create({ ...options, states }),
    schedule: config.schedule,
    settling: options.settling,
  });
  return {
    allocator,
    store: BindingStore.create({ ...options, config }),
    ownershipTag: config.ownershipTag,
    accountEnvironments: config.environments.accounts,
    locator,
    async start(scheduler) {
      await task.start(scheduler);
      await suggestions.schedule(scheduler);
    },
  };
}
