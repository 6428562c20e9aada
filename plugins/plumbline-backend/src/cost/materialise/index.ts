export * from './EntityCostMaterializer';
