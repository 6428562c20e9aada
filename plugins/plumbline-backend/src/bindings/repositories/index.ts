export * from './RepositoryFileReader';
export * from './RepositoryLocator';
