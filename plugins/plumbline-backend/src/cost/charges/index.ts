export * from './AuthorizedChargesService';
export * from './ChargesService';
export * from './DefaultChargesService';
