export { company } from './company';
export {
  accountOf,
  acquiredAccount,
  euroAccount,
  payerAccount,
  primaryRegion,
  secondaryRegion,
} from './accounts';
export { entityTag } from './naming';
export {
  catalogEntities,
  catalogFiles,
  catalogRootPath,
  catalogRootUrl,
} from './catalog';
export type { GitHostUrls } from './entities';
export * from './types';
