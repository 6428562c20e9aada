import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  BindingTarget,
  EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { repositoryKey } from '../../bindings/repositories';
import { hashOf } from '../../bindings/repositories/RepositoryFileStore';
import type { PlumblineDatabase } from '../../database';
import { RuleStore } from './RuleStore';
import { refusedShares } from './refusedShares';
import type { SplitConfig } from './readSplitConfig';
import type { ShareRule } from './types';

interface FileShare {
  /** As `host/repository`. */
  repository: string;
  /** Whether the repository is confirmed to hold the entity's code. */
  proven: boolean;
  rule: ShareRule;
}

/** Key of `plumbline_state`: JSON of sentences by entity. */
const PROBLEMS = 'share_problems';

/**
 * Brings the stored rules up to date with what the operator and the repositories say now. The operator's word
 * comes first; a repository's counts for entities whose code it is confirmed to hold.
 *
 * @internal
 */
export class ShareRules {
  readonly #database: PlumblineDatabase;
  readonly #config: SplitConfig;
  readonly #logger: LoggerService;
  readonly #rules: RuleStore;
  readonly #now: () => Date;

  static create(options: {
    database: PlumblineDatabase;
    config: SplitConfig;
    logger: LoggerService;
    now?: () => Date;
  }): ShareRules {
    return new ShareRules(options);
  }

  private constructor(options: {
    database: PlumblineDatabase;
    config: SplitConfig;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#database = options.database;
    this.#config = options.config;
    this.#logger = options.logger;
    this.#rules = RuleStore.create(options);
    this.#now = options.now ?? (() => new Date());
  }

  /** @returns whether the rules are other than before */
  async sync(): Promise<boolean> {
    const { shares, splits } = this.#config;
    const problems = new Map<EntityRef, string>();
    const accepted = new Map<EntityRef, ShareRule>();
    for (const { repository, proven, rule } of await this.#fileShares()) {
      const { entityRef } = rule;
      const before = accepted.get(entityRef);
      if (!this.#config.acceptFromRepositories) {
        problems.set(
          entityRef,
          `${repository} shares out its cost, but the operator takes such rules from nobody (plumbline.allocation.acceptFromRepositories).`,
        );
      } else if (!proven) {
        problems.set(
          entityRef,
          `${repository} shares out its cost, but is not confirmed to hold its code; see the links of this entity.`,
        );
      } else if (shares.some(share => share.entityRef === entityRef)) {
        problems.set(
          entityRef,
          `${repository} shares out its cost, too; the operator's rule counts.`,
        );
      } else if (before) {
        problems.set(
          entityRef,
          `Two repositories share out its cost; the first counts, and ${repository} should leave it to that one.`,
        );
      } else {
        accepted.set(entityRef, rule);
      }
    }
    const refused = refusedShares([...accepted.values()], shares);
    for (const [entityRef, reason] of refused) {
      accepted.delete(entityRef);
      problems.set(
        entityRef,
        `The rule that shares out its cost does not count: ${reason}.`,
      );
    }
    await this.#saveProblems(problems);
    return this.#rules.replace(
      [...shares, ...accepted.values(), ...splits],
      this.#now(),
    );
  }

  /** What the repositories' files say, those that are confirmed first. */
  async #fileShares(): Promise<FileShare[]> {
    const { knex } = this.#database;
    const files: { repository_key: string; shares: string }[] = await knex(
      'repository_file',
    )
      .whereNotNull('shares')
      .select('repository_key', 'shares');
    if (files.length === 0) {
      return [];
    }
    const links: { ref: EntityRef; target: string; proof: string }[] =
      await knex('binding')
        .join('entity', 'entity.id', 'binding.entity_id')
        .where('binding.target_kind', 'repository')
        .whereNull('binding.valid_to')
        .whereNull('entity.removed_at')
        .orderBy(['entity.ref', 'binding.id'])
        .select('entity.ref', 'binding.target', 'binding.proof');
    const saidBy = new Map(
      files.map(({ repository_key: key, shares }) => [
        key,
        JSON.parse(shares) as Record<EntityRef, ShareRule>,
      ]),
    );
    const found = new Map<string, FileShare>();
    for (const { ref, target, proof } of links) {
      const place: BindingTarget = JSON.parse(target);
      if (place.kind !== 'repository') {
        continue;
      }
      const key = repositoryKey(place);
      const rule = saidBy.get(hashOf(key))?.[ref];
      const known = found.get(`${ref} ${key}`);
      if (rule && known?.proven !== true) {
        found.set(`${ref} ${key}`, {
          repository: key,
          proven: proof === 'proven',
          rule: { ...rule, origin: { kind: 'repository', repository: key } },
        });
      }
    }
    return [...found.values()].sort(
      (a, b) => Number(b.proven) - Number(a.proven),
    );
  }

  async #saveProblems(problems: ReadonlyMap<EntityRef, string>): Promise<void> {
    const value = JSON.stringify(Object.fromEntries(problems));
    const { knex } = this.#database;
    const before = await knex('plumbline_state')
      .where({ key: PROBLEMS })
      .first('value');
    if (value === (before?.value ?? '{}')) {
      return;
    }
    for (const [entityRef, problem] of problems) {
      this.#logger.warn(`Sharing the cost of ${entityRef}: ${problem}`);
    }
    await knex('plumbline_state')
      .insert({ key: PROBLEMS, value })
      .onConflict('key')
      .merge(['value']);
  }
}

/** Why a rule that somebody wrote for an entity does not count. @internal */
export async function shareProblemOf(
  database: PlumblineDatabase,
  entityRef: EntityRef,
): Promise<string | undefined> {
  const row = await database
    .knex('plumbline_state')
    .where({ key: PROBLEMS })
    .first('value');
  const problems: Record<EntityRef, string> = row ? JSON.parse(row.value) : {};
  return problems[entityRef];
}
