import {
  catalogFiles,
  company,
  GitHostUrls,
  RepositoryFiles,
} from '../company';
import { GitCommitSeed, GitRepositorySeed } from '../git-host';
import { instantOf, ScenarioChange, scenarioChanges } from './changes';
import { codeFiles } from './repositoryFiles';
import { Files } from './text';

/** What the repositories' histories depend on. */
export interface HistoryOptions {
  urls: GitHostUrls;
  /** Day 0 of the scenarios, as YYYY-MM-DD; commits that scenarios tell of count back from it. */
  endDate: string;
}

/** The company's repositories with their code, their catalog files and their history. */
export function companyRepositories(
  options: HistoryOptions,
): GitRepositorySeed[] {
  return catalogFiles(options.urls).map(repository => ({
    host: repository.host,
    owner: repository.owner,
    name: repository.name,
    description: repository.description,
    defaultBranch: repository.defaultBranch,
    commits: history(repository, options.endDate),
  }));
}

function history(
  repository: RepositoryFiles,
  endDate: string,
): GitCommitSeed[] {
  const changes = scenarioChanges.filter(
    change => change.repository === repository.name,
  );
  const code = codeFiles(company, repository);
  const first: Files = { ...code };
  for (const change of changes.filter(({ rendered }) => rendered === 'after')) {
    first[change.path] = replaceOnce(first, change, 'after', 'before');
  }
  const infrastructure = (path: string) =>
    /\.(tf|tfvars)$|template\.yaml$|samconfig|Pulumi/.test(path);
  const meta = (path: string) => path.startsWith('.github/');

  const commits: GitCommitSeed[] = [
    commit('Begin', 'tom.ashworth', '2024-03-04T09:12:00Z', {
      ...pick(first, path => !infrastructure(path) && !meta(path)),
    }),
    commit(
      'Put the infrastructure into code',
      'priya.nair',
      '2024-05-21T13:40:00Z',
      {
        ...pick(first, infrastructure),
      },
    ),
    commit(
      'Build and deploy by workflows',
      'karl.brandt',
      '2024-09-10T07:55:00Z',
      {
        ...pick(first, meta),
      },
    ),
    commit('Register in the catalog', 'priya.nair', '2025-02-18T10:05:00Z', {
      ...repository.files,
    }),
  ].filter(({ files }) => Object.keys(files).length > 0);

  const present = { ...first };
  for (const change of [...changes].sort((a, b) =>
    instantOf(a, endDate) < instantOf(b, endDate) ? -1 : 1,
  )) {
    present[change.path] = replaceOnce(present, change, 'before', 'after');
    commits.push(
      commit(change.message, change.author, instantOf(change, endDate), {
        [change.path]: present[change.path],
      }),
    );
  }
  return commits;
}

function commit(
  message: string,
  login: string,
  date: string,
  files: Files,
): GitCommitSeed {
  const person = company.people.find(({ name }) => name === login);
  if (!person) {
    throw new Error(`The company has no person named '${login}'`);
  }
  return {
    message,
    author: { name: person.displayName, email: person.email },
    date,
    files,
  };
}

function pick(files: Files, wanted: (path: string) => boolean): Files {
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => wanted(path)),
  );
}

function replaceOnce(
  files: Files,
  change: ScenarioChange,
  from: 'before' | 'after',
  to: 'before' | 'after',
): string {
  const parts = (files[change.path] ?? '').split(change[from]);
  if (parts.length !== 2) {
    throw new Error(
      `The change of scenario '${change.scenarioId}' does not fit ${
        change.repository
      }/${change.path}: '${change[from]}' is there ${parts.length - 1} times`,
    );
  }
  return parts.join(change[to]);
}
