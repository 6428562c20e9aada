import { CatalogEntityFacts, Company, Repository } from '../../company';
import { DeclaredResource, declarationsOf, isOfKind } from '../declarations';
import { aboutFiles, codeOwners } from '../sources/aboutFiles';
import { serviceSources } from '../sources/handlers';
import { workflowFiles } from '../sources/workflows';
import { lambdaRoleModule, stackFiles } from '../terraform';
import { Files, inFolder } from '../text';

/** The monorepo: a folder for each service, with its code and its infrastructure. */
export function monorepoFiles(company: Company, repository: Repository): Files {
  const declarations = declarationsOf(company, repository.name);
  const services = company.entities.filter(
    ({ kind, code }) =>
      kind === 'Component' && code.repository === repository.name,
  );
  const root = JSON.stringify(
    { name: repository.name, private: true, workspaces: ['services/*'] },
    undefined,
    2,
  );
  return {
    ...aboutFiles('Shop', repository.description),
    'package.json': `${root}\n`,
    ...workflowFiles({ engine: 'terraform', pinned: true }),
    ...codeOwners(repository.owner, [
      ['*', 'platform'],
      ...services.map(({ code, owner }) => [`/${code.path}/`, owner] as const),
    ]),
    ...inFolder('modules/lambda-role', lambdaRoleModule()),
    ...Object.assign(
      {},
      ...services.map(service =>
        inFolder(
          service.code.path,
          serviceFiles(
            service,
            declarations.get(`${service.code.path}/infra/main.tf`),
          ),
        ),
      ),
    ),
  };
}

function serviceFiles(
  service: CatalogEntityFacts,
  resources: readonly DeclaredResource[] | undefined,
): Files {
  const { name, title, description } = service;
  const about = aboutFiles(title, description);
  return {
    'README.md': about['README.md'],
    ...serviceSources(name, description, runtimeOf(resources)),
    ...(resources &&
      inFolder(
        'infra',
        stackFiles({
          state: `shop/${name}`,
          resources,
          roleModule: '../../../modules/lambda-role',
        }),
      )),
  };
}

/** The runtime of the function among some resources. */
export function runtimeOf(
  resources: readonly DeclaredResource[] | undefined,
): Parameters<typeof serviceSources>[2] {
  for (const resource of resources ?? []) {
    if (isOfKind(resource, 'lambda-function')) {
      return resource.configuration.runtime;
    }
    if (isOfKind(resource, 'gcp-function')) {
      return 'python3.13';
    }
    if (isOfKind(resource, 'azure-function-app')) {
      return 'nodejs22.x';
    }
  }
  return 'website';
}
