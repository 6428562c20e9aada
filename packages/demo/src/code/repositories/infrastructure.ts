import { Company, Repository } from '../../company';
import { declarationsOf } from '../declarations';
import { aboutFiles, codeOwners } from '../sources/aboutFiles';
import { serviceSources } from '../sources/handlers';
import { workflowFiles } from '../sources/workflows';
import { lambdaRoleModule, networkPreamble, stackFiles } from '../terraform';
import { Files, inFolder } from '../text';
import { runtimeOf } from './shop';

/** The infrastructure repository: a folder for each stack. */
export function infrastructureFiles(
  company: Company,
  repository: Repository,
): Files {
  const declarations = declarationsOf(company, repository.name);
  const stacks = [...declarations].map(([path, resources]) => ({
    folder: path.replace(/\/main\.tf$/, ''),
    resources,
  }));
  return {
    ...aboutFiles('Infrastructure', repository.description),
    ...workflowFiles({
      engine: 'terraform',
      pinned: true,
      folder: 'stacks/network',
    }),
    ...codeOwners(repository.owner, [
      ['*', 'platform'],
      ...stacks.map(
        ({ folder, resources }) =>
          [`/${folder}/`, resources[0].tags.team] as const,
      ),
    ]),
    ...inFolder('modules/lambda-role', lambdaRoleModule()),
    ...Object.assign(
      {},
      ...stacks.map(({ folder, resources }) =>
        inFolder(folder, {
          ...stackFiles({
            state: folder,
            resources,
            roleModule: '../../modules/lambda-role',
            preamble: folder === 'stacks/network' ? networkPreamble : undefined,
          }),
          ...functionSources(company, folder, runtimeOf(resources)),
        }),
      ),
    ),
  };
}

// Shared services have their few lines of code beside their stack.
function functionSources(
  company: Company,
  folder: string,
  runtime: ReturnType<typeof runtimeOf>,
): Files {
  const component = company.entities.find(
    ({ kind, code }) => kind === 'Component' && code.path === folder,
  );
  return component && runtime !== 'website'
    ? inFolder(
        'function',
        serviceSources(component.name, component.description, runtime),
      )
    : {};
}
