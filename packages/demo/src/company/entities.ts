import {
  ComponentEntityV1alpha1,
  DomainEntity,
  Entity,
  GroupEntity,
  ResourceEntity,
  SystemEntity,
  UserEntity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { ANNOTATIONS } from '@plumbline/backstage-plugin-plumbline-common';
import { primaryRegion } from './accounts';
import { company } from './company';
import { repositoryNamed } from './repositories';
import { CatalogEntityFacts, CloudResource, CodePlace } from './types';

/** Base URLs of the two Git hosts, without a slash at the end. */
export type GitHostUrls = { githubUrl: string; giteaUrl: string };

const apiVersion = 'backstage.io/v1alpha1';

/** Annotation of the community's Azure Sites plugin. */
const azureSites = 'azure.com/microsoft-web-sites';

/** The web address of a folder or file on its Git host. */
export function urlOf(
  urls: GitHostUrls,
  place: CodePlace,
  view: 'tree' | 'blob',
): string {
  const { host, owner, name, defaultBranch } = repositoryNamed(
    place.repository,
  );
  const base =
    host === 'github'
      ? `${urls.githubUrl}/${owner}/${name}/${view}/${defaultBranch}`
      : `${urls.giteaUrl}/${owner}/${name}/src/branch/${defaultBranch}`;
  const slash = view === 'tree' && place.path !== '' ? '/' : '';
  return `${base}/${place.path}${slash}`;
}

const resourcesOf = (entityRef: string) =>
  company.resources.filter(resource => resource.entityRef === entityRef);

function lambdaAnnotations(functions: CloudResource[]): Record<string, string> {
  const named = functions.filter(
    ({ claimedBy, configuration }) =>
      claimedBy === 'name' && configuration.kind === 'lambda-function',
  );
  return named.length === 0
    ? {}
    : {
        [ANNOTATIONS.lambdaFunctionName]: named
          .map(({ name }) => name)
          .join(','),
        [ANNOTATIONS.lambdaRegion]: primaryRegion,
      };
}

function componentAnnotations(
  facts: CatalogEntityFacts,
): Record<string, string> {
  const resources = resourcesOf(`component:default/${facts.name}`);
  const claimed = (by: CloudResource['claimedBy']) =>
    resources.filter(({ claimedBy }) => claimedBy === by);
  const sites = claimed('resource-id').filter(
    ({ configuration }) => configuration.kind === 'azure-function-app',
  );
  // Log groups are found by their functions.
  const arns = claimed('arn')
    .filter(({ configuration }) => configuration.kind !== 'log-group')
    .map(({ id }) => id);
  return {
    ...lambdaAnnotations(resources),
    ...(claimed('tag-selector').length > 0 && {
      [ANNOTATIONS.costInsightsTags]: `service=${facts.name},team=${facts.owner}`,
    }),
    ...(arns.length > 0 && { [ANNOTATIONS.awsArn]: arns.join(',') }),
    ...(sites.length > 0 && {
      [azureSites]: facts.name,
      [ANNOTATIONS.resourceIds]: sites.map(({ id }) => id).join(','),
    }),
  };
}

function resourceAnnotations(
  facts: CatalogEntityFacts,
): Record<string, string> {
  const resource = resourcesOf(`resource:default/${facts.name}`).find(
    ({ environment }) => environment === 'prod',
  );
  if (!resource) {
    throw new NotFoundError(
      `Resource '${facts.name}' stands for nothing in production; add 'prod' to its environments`,
    );
  }
  if (resource.provider !== 'aws') {
    return { [ANNOTATIONS.resourceIds]: resource.id };
  }
  return {
    [ANNOTATIONS.awsArn]: resource.id,
    'aws.amazon.com/region': resource.region,
    [ANNOTATIONS.amazonawsAccountId]: resource.accountId,
    ...(resource.configuration.kind === 'dynamodb-table' && {
      [ANNOTATIONS.dynamoDbTableArn]: resource.id,
    }),
  };
}

function codeAnnotations(
  facts: CatalogEntityFacts,
  urls: GitHostUrls,
): Record<string, string> {
  const { host, owner, name } = repositoryNamed(facts.code.repository);
  const registeredElsewhere =
    facts.registeredIn.repository !== facts.code.repository;
  return {
    ...(host === 'github' && {
      [ANNOTATIONS.githubProjectSlug]: `${owner}/${name}`,
    }),
    ...(registeredElsewhere && {
      [ANNOTATIONS.sourceLocation]: `url:${urlOf(urls, facts.code, 'tree')}`,
    }),
  };
}

/** A Component or Resource as it stands in its catalog file. */
export function workEntity(
  facts: CatalogEntityFacts,
  urls: GitHostUrls,
): ComponentEntityV1alpha1 | ResourceEntity {
  const metadata = {
    name: facts.name,
    title: facts.title,
    description: facts.description,
    annotations: {
      ...codeAnnotations(facts, urls),
      ...(facts.kind === 'Component'
        ? componentAnnotations(facts)
        : resourceAnnotations(facts)),
    },
  };
  const spec = {
    type: facts.type,
    owner: `group:default/${facts.owner}`,
    system: facts.system,
  };
  if (facts.kind === 'Resource') {
    return { apiVersion, kind: 'Resource', metadata, spec };
  }
  return {
    apiVersion,
    kind: 'Component',
    metadata,
    spec: {
      ...spec,
      lifecycle: facts.lifecycle,
      ...(facts.dependsOn.length > 0 && { dependsOn: [...facts.dependsOn] }),
    },
  };
}

/** Domains and Systems. */
export function systemEntities(): Entity[] {
  const domains = company.domains.map(
    ({ name, title, description, owner }): DomainEntity => ({
      apiVersion,
      kind: 'Domain',
      metadata: { name, title, description },
      spec: { owner: `group:default/${owner}` },
    }),
  );
  const systems = company.systems.map(
    ({ name, title, description, owner, domain }): SystemEntity => ({
      apiVersion,
      kind: 'System',
      metadata: { name, title, description },
      spec: { owner: `group:default/${owner}`, domain },
    }),
  );
  return [...domains, ...systems];
}

/** The teams. */
export function groupEntities(): GroupEntity[] {
  return company.teams.map(({ name, title, description }) => ({
    apiVersion,
    kind: 'Group',
    metadata: { name, title, description },
    spec: {
      type: 'team',
      profile: { displayName: title, email: `${name}@larkspur.example` },
      children: [],
    },
  }));
}

/** The people. */
export function userEntities(): UserEntity[] {
  return company.people.map(({ name, displayName, email, team, title }) => ({
    apiVersion,
    kind: 'User',
    metadata: { name, description: title },
    spec: { profile: { displayName, email }, memberOf: [team] },
  }));
}
