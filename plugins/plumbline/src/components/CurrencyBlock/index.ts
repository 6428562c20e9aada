export {
  CurrencyBlock,
  CurrencyBlockSkeleton,
  type Breakdown,
} from './CurrencyBlock';
