import { accounts } from './accounts';
import { componentFacts } from './componentFacts';
import { codePlaceOf, lambdaFunctions } from './functions';
import { acquiredResources, otherCloudResources } from './otherClouds';
import { domains, people, systems, teams } from './people';
import { repositories } from './repositories';
import { folderOf, resourceFacts } from './resourceFacts';
import { sharedResources } from './sharedResources';
import { CatalogEntityFacts, Company } from './types';

const titleOf = (name: string) =>
  name
    .split('-')
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ')
    .replace(/\bApi\b/, 'API')
    .replace(/\bNat\b/, 'NAT')
    .replace(/\bBff\b/, 'BFF')
    .replace(/\bUs\b/, 'US');

const catalogRepository = { repository: 'catalog', path: 'entities' };

const components: CatalogEntityFacts[] = componentFacts.map(facts => ({
  kind: 'Component',
  name: facts.name,
  title: titleOf(facts.name),
  description: facts.description,
  type: facts.type ?? 'service',
  lifecycle: facts.lifecycle ?? 'production',
  owner: facts.owner,
  system: facts.system,
  dependsOn: [
    ...(facts.uses ?? []).map(name => `resource:default/${name}`),
    ...(facts.calls ?? []).map(name => `component:default/${name}`),
  ],
  code: codePlaceOf(facts),
  registeredIn:
    facts.home === 'central' ? catalogRepository : codePlaceOf(facts),
}));

const resourceEntities: CatalogEntityFacts[] = resourceFacts.map(facts => {
  const code = { repository: facts.code.repository, path: folderOf(facts) };
  return {
    kind: 'Resource',
    name: facts.name,
    title: titleOf(facts.name),
    description: facts.description,
    type: facts.type,
    lifecycle: 'production',
    owner: facts.owner,
    system: facts.system,
    dependsOn: [],
    code,
    registeredIn: facts.besideCode ? code : catalogRepository,
  };
});

/** Larkspur Outfitters, a shop for outdoor clothing. */
export const company: Company = {
  name: 'Larkspur Outfitters',
  slug: 'larkspur',
  accounts,
  domains,
  systems,
  teams,
  people,
  entities: [...components, ...resourceEntities],
  resources: [
    ...lambdaFunctions(),
    ...sharedResources(),
    ...otherCloudResources(),
    ...acquiredResources(),
  ],
  repositories,
};
