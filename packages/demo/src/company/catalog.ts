import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { PLUMBLINE_YAML } from '@plumbline/backstage-plugin-plumbline-common';
import { stringify } from 'yaml';
import { company } from './company';
import {
  GitHostUrls,
  groupEntities,
  systemEntities,
  urlOf,
  userEntities,
  workEntity,
} from './entities';
import { CatalogEntityFacts, Repository, RepositoryFiles } from './types';

const catalogRepository = 'catalog';

/** Path of the Location that reaches every other catalog file. */
export const catalogRootPath = 'all.yaml';

const toYaml = (entities: readonly object[]) =>
  entities.map(entity => stringify(entity, { lineWidth: 0 })).join('---\n');

function fileOf(facts: CatalogEntityFacts): string {
  const { repository, path } = facts.registeredIn;
  return repository === catalogRepository
    ? `${path}/${facts.name}.yaml`
    : [path, 'catalog-info.yaml'].filter(Boolean).join('/');
}

function workFiles(
  repository: string,
  urls: GitHostUrls,
): Record<string, string> {
  const byFile = new Map<string, Entity[]>();
  for (const facts of company.entities) {
    if (facts.registeredIn.repository === repository) {
      const file = fileOf(facts);
      byFile.set(file, [...(byFile.get(file) ?? []), workEntity(facts, urls)]);
    }
  }
  return Object.fromEntries(
    [...byFile].map(([file, entities]) => [file, toYaml(entities)]),
  );
}

function centralFiles(urls: GitHostUrls): Record<string, string> {
  const targets = company.repositories
    .flatMap(({ name }) =>
      Object.keys(workFiles(name, urls)).map(path =>
        name === catalogRepository
          ? `./${path}`
          : urlOf(urls, { repository: name, path }, 'blob'),
      ),
    )
    .sort();
  const root = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: company.slug,
      description: `Everything that ${company.name} runs`,
    },
    spec: {
      targets: [
        './org/teams.yaml',
        './org/people.yaml',
        './org/systems.yaml',
        ...targets,
      ],
    },
  };
  return {
    [catalogRootPath]: toYaml([root]),
    'org/teams.yaml': toYaml(groupEntities()),
    'org/people.yaml': toYaml(userEntities()),
    'org/systems.yaml': toYaml(systemEntities()),
  };
}

function assignments({
  pathAssignments,
  shares,
}: Repository): Record<string, string> {
  if (pathAssignments.length === 0) {
    return {};
  }
  const entities: Record<string, { paths: string[]; shares?: object }> = {};
  for (const { path, entityRef } of pathAssignments) {
    entities[entityRef] = {
      paths: [...(entities[entityRef]?.paths ?? []), `${path}/**`],
    };
  }
  for (const { entityRef, from, consumers } of shares) {
    entities[entityRef] = {
      ...entities[entityRef],
      shares: { by: 'fixed', from, consumers },
    };
  }
  return { [PLUMBLINE_YAML]: stringify({ version: 1, entities }) };
}

/**
 * The repositories with the text of every file that the catalog and Plumbline
 * read from them: catalog files by path, and `.plumbline.yaml` where there is one.
 */
export function catalogFiles(urls: GitHostUrls): RepositoryFiles[] {
  return company.repositories.map(repository => ({
    ...repository,
    files: {
      ...(repository.name === catalogRepository && centralFiles(urls)),
      ...workFiles(repository.name, urls),
      ...assignments(repository),
    },
  }));
}

/** The address to register in a catalog so that everything is read. */
export function catalogRootUrl(urls: GitHostUrls): string {
  return urlOf(
    urls,
    { repository: catalogRepository, path: catalogRootPath },
    'blob',
  );
}

/** Every entity of the company, as its catalog files hold them. */
export function catalogEntities(urls: GitHostUrls): Entity[] {
  return [
    ...systemEntities(),
    ...groupEntities(),
    ...userEntities(),
    ...company.entities.map(facts => workEntity(facts, urls)),
  ].sort((a, b) => (stringifyEntityRef(a) < stringifyEntityRef(b) ? -1 : 1));
}
