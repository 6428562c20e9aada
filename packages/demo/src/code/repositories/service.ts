import { Company, Repository } from '../../company';
import { DeclaredResource, declarationsOf } from '../declarations';
import { pulumiFiles } from '../pulumi/project';
import { samFiles } from '../sam/template';
import { aboutFiles, codeOwners } from '../sources/aboutFiles';
import { serviceSources } from '../sources/handlers';
import { workflowFiles } from '../sources/workflows';
import { stackFiles } from '../terraform';
import { Files, inFolder } from '../text';
import { runtimeOf } from './shop';

// Teams that pin the actions which their workflows use.
const pins = new Set(['payments-api', 'loyalty-points']);

/** A repository that holds one service. */
export function serviceRepositoryFiles(
  company: Company,
  repository: Repository,
): Files {
  const component = company.entities.find(
    ({ kind, code }) =>
      kind === 'Component' && code.repository === repository.name,
  );
  if (!component) {
    throw new Error(`No component has its code in ${repository.name}`);
  }
  const [[path, resources]] = [...declarationsOf(company, repository.name)];
  const [{ engine }] = resources;
  const { name, title, description, owner } = component;
  return {
    ...aboutFiles(title, description),
    ...serviceSources(name, description, runtimeOf(resources)),
    ...(repository.host === 'github' && {
      ...workflowFiles({
        engine,
        pinned: pins.has(name),
        folder: path.endsWith('.tf') ? 'infra' : undefined,
      }),
      ...codeOwners(repository.owner, [['*', owner]]),
    }),
    ...infrastructure(name, description, resources),
  };
}

function infrastructure(
  name: string,
  description: string,
  resources: readonly DeclaredResource[],
): Files {
  switch (resources[0].engine) {
    case 'sam':
      return samFiles(name, resources);
    case 'pulumi':
      return pulumiFiles(name, description, resources);
    default:
      return inFolder('infra', stackFiles({ state: name, resources }));
  }
}
