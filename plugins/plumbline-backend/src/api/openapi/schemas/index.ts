export { bindingsSchemas } from './bindings';
export { budgetsSchemas } from './budgets';
export { chargesSchemas } from './charges';
export { commonSchemas } from './common';
export { costsSchemas } from './costs';
export { coverageSchemas } from './coverage';
export { overviewSchemas } from './overview';
export { statusSchemas } from './status';
