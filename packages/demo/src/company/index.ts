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
export * from './types';
