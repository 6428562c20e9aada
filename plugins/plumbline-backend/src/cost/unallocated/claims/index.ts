export * from './AuthorizedClaimService';
export * from './ClaimService';
export * from './ClaimSettler';
export * from './ClaimStore';
export * from './DefaultClaimService';
