export * from './readUnitCosts';
export * from './UnitCostDefinitions';
export * from './UnitCostReader';
