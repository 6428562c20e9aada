export * from './AuthorizedProposalService';
export * from './CatalogFileReader';
export * from './DefaultProposalService';
export * from './ProposalService';
