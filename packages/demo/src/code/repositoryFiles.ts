import { Company, Repository } from '../company';
import { infrastructureFiles } from './repositories/infrastructure';
import { serviceRepositoryFiles } from './repositories/service';
import { monorepoFiles } from './repositories/shop';
import { aboutFiles, codeOwners } from './sources/aboutFiles';
import { Files } from './text';

/** The code of one of the company's repositories, without its catalog files. */
export function codeFiles(company: Company, repository: Repository): Files {
  switch (repository.name) {
    case 'catalog':
      return {
        ...aboutFiles('Catalog', repository.description),
        ...codeOwners(repository.owner, [['*', 'platform']]),
      };
    case 'shop':
      return monorepoFiles(company, repository);
    case 'infrastructure':
      return infrastructureFiles(company, repository);
    default:
      return serviceRepositoryFiles(company, repository);
  }
}
