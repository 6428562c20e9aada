import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  toEntityRef,
  type EntityRef,
} from '@plumbline/backstage-plugin-plumbline-common';
import { canonicalAccountId, canonicalResourceId } from './claims/canonical';
import { normalizePath } from './repositories/paths';
import {
  repositoryKey,
  type RepositoryLocator,
} from './repositories/RepositoryLocator';

/** A repository, and the paths in it that the operator gives to an entity. */
export interface MappedRepository {
  host: string;
  repository: string;
  paths: string[];
}

/** What the operator says of bindings and environments. */
export interface BindingsConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Key of the tag on a resource that names the entity it belongs to. */
  ownershipTag: string;
  /** {@link repositoryKey} of repositories that hold descriptors of other people's code. */
  centralCatalogs: ReadonlySet<string>;
  /** Refs of a descriptor's URL that count as the repository's default branch. */
  defaultBranches: ReadonlySet<string>;
  map: {
    /** Entity by canonical resource id. */
    resources: ReadonlyMap<string, EntityRef>;
    /** Entity by canonical account id. */
    accounts: ReadonlyMap<string, EntityRef>;
    repositories: ReadonlyMap<EntityRef, MappedRepository[]>;
    entities: ReadonlySet<EntityRef>;
  };
  environments: {
    /** Name by canonical account id. */
    accounts: ReadonlyMap<string, string>;
    /** Lower case. */
    tagKeys: string[];
    /** Lower case. */
    production: ReadonlySet<string>;
  };
}

/**
 * Reads `plumbline.bindings` and `plumbline.environments`.
 *
 * @throws InputError naming the key and what to write there
 */
export function readBindingsConfig(
  root: Config,
  locator: RepositoryLocator,
): BindingsConfig {
  const bindings = root.getOptionalConfig('plumbline.bindings');
  return {
    schedule: bindings?.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          bindings.getConfig('schedule'),
        )
      : {
          frequency: { minutes: 5 },
          timeout: { minutes: 15 },
          initialDelay: { seconds: 5 },
        },
    ownershipTag:
      bindings?.getOptionalString('ownershipTag') ?? 'plumbline:entity',
    centralCatalogs: new Set(
      (bindings?.getOptionalStringArray('centralCatalogs') ?? []).map(
        (url, index) =>
          repositoryKey(
            locate(
              locator,
              url,
              `plumbline.bindings.centralCatalogs[${index}]`,
            ),
          ),
      ),
    ),
    defaultBranches: new Set(
      bindings?.getOptionalStringArray('defaultBranches') ?? [
        'main',
        'master',
        'HEAD',
      ],
    ),
    map: readMap(bindings?.getOptionalConfigArray('map') ?? [], locator),
    environments: readEnvironments(
      root.getOptionalConfig('plumbline.environments'),
    ),
  };
}

function readMap(
  entries: Config[],
  locator: RepositoryLocator,
): BindingsConfig['map'] {
  const resources = new Map<string, EntityRef>();
  const accounts = new Map<string, EntityRef>();
  const repositories = new Map<EntityRef, MappedRepository[]>();
  const entities = new Set<EntityRef>();
  entries.forEach((entry, index) => {
    const key = `plumbline.bindings.map[${index}]`;
    const entity = toEntityRef(entry.getString('entity'));
    entities.add(entity);
    for (const id of entry.getOptionalStringArray('resources') ?? []) {
      assign(resources, canonicalResourceId(id), entity, `${key}.resources`);
    }
    for (const id of entry.getOptionalStringArray('accounts') ?? []) {
      assign(accounts, canonicalAccountId(id), entity, `${key}.accounts`);
    }
    const mapped = (entry.getOptionalConfigArray('repositories') ?? []).map(
      (repository, at) => {
        const where = `${key}.repositories[${at}]`;
        const { host, repository: name } = locate(
          locator,
          repository.getString('url'),
          `${where}.url`,
        );
        return {
          host,
          repository: name,
          paths: (repository.getOptionalStringArray('paths') ?? ['']).map(
            path => normalized(path, `${where}.paths`),
          ),
        };
      },
    );
    if (mapped.length > 0) {
      repositories.set(entity, [
        ...(repositories.get(entity) ?? []),
        ...mapped,
      ]);
    }
  });
  return { resources, accounts, repositories, entities };
}

function readEnvironments(
  config: Config | undefined,
): BindingsConfig['environments'] {
  const names = config?.getOptional<Record<string, string>>('accounts') ?? {};
  return {
    accounts: new Map(
      Object.entries(names).map(([id, name]) => [
        canonicalAccountId(id),
        String(name),
      ]),
    ),
    tagKeys: (
      config?.getOptionalStringArray('tagKeys') ?? [
        'environment',
        'env',
        'stage',
      ]
    ).map(key => key.toLowerCase()),
    production: new Set(
      (
        config?.getOptionalStringArray('production') ?? ['prod', 'production']
      ).map(name => name.toLowerCase()),
    ),
  };
}

function assign(
  map: Map<string, EntityRef>,
  id: string,
  entity: EntityRef,
  key: string,
) {
  const other = map.get(id);
  if (other && other !== entity) {
    throw new InputError(
      `${key} gives '${id}' to ${entity}, but the map gives it to ${other} already; leave one of the two`,
    );
  }
  map.set(id, entity);
}

function locate(locator: RepositoryLocator, url: string, key: string) {
  const place = locator.locate(url);
  if ('reason' in place) {
    throw new InputError(
      `${key} is '${url}', which leads to no repository: ${place.reason}`,
    );
  }
  return place;
}

function normalized(path: string, key: string): string {
  const result = normalizePath(path);
  if (result === undefined) {
    throw new InputError(
      `${key} holds '${path}'; a path is relative to the repository, stays inside it, and is a file, a folder, or ends with /**`,
    );
  }
  return result;
}
