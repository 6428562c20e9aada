export * from './AuthorizedPortfolioService';
export * from './DefaultPortfolioService';
export type {
  ParsedPortfolioQuery,
  PortfolioReader,
  PortfolioRequest,
  PortfolioScope,
  PortfolioService,
  PortfolioView,
} from './PortfolioService';
