export { exportBilling } from './exportBilling';
export type { BillingExportOptions } from './exportBilling';
export { yesterday } from './calendar';
export type { Manifest, PublishedExport } from './publish';
export type { Totals } from './totals';
