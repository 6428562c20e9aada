export * from './CatalogPoller';
