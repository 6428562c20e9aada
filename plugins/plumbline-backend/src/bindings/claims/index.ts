export * from './extractClaims';
export * from './types';
