import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { PlumblineDatabase } from '../../database';
import type { BindingsConfig } from '../BindingsConfig';
import { plainText } from '../plainText';
import type { ConfiguredState } from '../states/StatesConfig';
import { StateStore } from '../StateStore';
import { NameIndex } from './NameIndex';
import { RecentCosts } from './RecentCosts';
import { StateIndex } from './StateIndex';
import { suggest } from './suggest';
import { SuggestableStore } from './SuggestableStore';
import { SuggestionTable, type SuggestionWrite } from './SuggestionTable';
import { TagIndex } from './TagIndex';

/** Resources that are looked at in one go. */
const PAGE = 1_000;
/** Names and titles of entities change without a trace in what is compared: so old, and it is done again. */
const MAX_AGE_MS = 60 * 60_000;

/** How far a pass has come. */
interface Pass {
  number: number;
  after: number;
  basis: string;
}

interface Done {
  number: number;
  basis: string;
  at: string;
}

/**
 * Compares resources that nobody claims with the catalog's entities and keeps what is likely. A pass that was
 * stopped goes on from where it was, in whatever process.
 *
 * @internal
 */
export class SuggestionTask {
  readonly #database: PlumblineDatabase;
  readonly #config: BindingsConfig;
  readonly #states: readonly ConfiguredState[];
  readonly #logger: LoggerService;
  readonly #state: StateStore;
  readonly #table: SuggestionTable;
  readonly #suggestable: SuggestableStore;
  readonly #now: () => Date;

  private constructor(options: {
    database: PlumblineDatabase;
    config: BindingsConfig;
    states: readonly ConfiguredState[];
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#database = options.database;
    this.#config = options.config;
    this.#states = options.states;
    this.#logger = options.logger;
    this.#state = StateStore.create(options);
    this.#table = SuggestionTable.create(options);
    this.#suggestable = SuggestableStore.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  static create(options: {
    database: PlumblineDatabase;
    config: BindingsConfig;
    states: readonly ConfiguredState[];
    logger: LoggerService;
    now?: () => Date;
  }): SuggestionTask {
    return new SuggestionTask(options);
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'plumbline-suggestions',
      frequency: { minutes: 1 },
      initialDelay: { seconds: 40 },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: async signal => {
        await this.run(signal);
      },
    });
  }

  /** @returns whether there was anything to compare anew */
  async run(signal?: AbortSignal): Promise<boolean> {
    const pass = await this.#passToMake();
    if (!pass) {
      return false;
    }
    const entities = await this.#suggestable.listEntities();
    const environments = new Set(
      [
        ...this.#config.environments.accounts.values(),
        ...this.#config.environments.production,
      ].map(name => name.toLocaleLowerCase('en-US')),
    );
    const parts = {
      names: NameIndex.create(entities, environments),
      tags: TagIndex.create(entities, environments),
      states: await StateIndex.load(this.#database, this.#states, entities),
      costs: await RecentCosts.load(this.#database),
    };
    for (;;) {
      signal?.throwIfAborted();
      const page = await this.#suggestable.listUnclaimed(pass.after, PAGE);
      if (page.length === 0) {
        break;
      }
      await this.#comparePage(page, parts, pass.number);
      pass.after = page[page.length - 1].id;
      await this.#state.set('suggestions_pass', JSON.stringify(pass));
      await this.#database.breathe();
    }
    await this.#table.forgetBefore(pass.number);
    const done: Done = {
      number: pass.number,
      basis: pass.basis,
      at: this.#now().toISOString(),
    };
    await this.#state.set('suggestions_done', JSON.stringify(done));
    await this.#state.set('suggestions_pass', undefined);
    this.#logger.debug('Compared resources without an entity with the catalog');
    return true;
  }

  async #comparePage(
    page: Awaited<ReturnType<SuggestableStore['listUnclaimed']>>,
    parts: {
      names: NameIndex;
      tags: TagIndex;
      states: StateIndex;
      costs: RecentCosts;
    },
    pass: number,
  ): Promise<void> {
    const byState = await parts.states.find(page);
    const suggestions = page.flatMap(resource => {
      const suggestion = suggest(resource, {
        ...parts,
        byState: byState.get(resource.id) ?? [],
      });
      return suggestion ? { resource, ...suggestion } : [];
    });
    const costs = await parts.costs.of(
      suggestions.map(({ resource }) => resource.id),
    );
    await this.#table.write(
      suggestions.flatMap(({ resource, confidence, matches }) =>
        matches.map(
          ({ entityId, reason }): SuggestionWrite => ({
            resourceId: resource.id,
            entityId,
            confidence,
            reason: plainText(reason, 1_000),
            ambiguous: matches.length > 1,
            costs: costs.get(resource.id) ?? {},
            pass,
          }),
        ),
      ),
    );
  }

  /** The pass that was stopped, or a new one where something is other than at the last. */
  async #passToMake(): Promise<Pass | undefined> {
    const [started, finished, basis] = await Promise.all([
      this.#state.get('suggestions_pass'),
      this.#state.get('suggestions_done'),
      this.#suggestable.fingerprint(this.#states),
    ]);
    if (started) {
      return JSON.parse(started);
    }
    const done: Done | undefined = finished && JSON.parse(finished);
    const age = this.#now().getTime() - Date.parse(done?.at ?? '1970-01-01');
    return done?.basis === basis && age < MAX_AGE_MS
      ? undefined
      : { number: (done?.number ?? 0) + 1, after: 0, basis };
  }
}
