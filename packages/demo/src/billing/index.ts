export { exportBilling } from './exportBilling';
export type { BillingExportOptions } from './exportBilling';
export * from './scaled';
export { yesterday } from './calendar';
export type { Manifest, PublishedExport, Recipe } from './publish';
export type { Totals } from './totals';
