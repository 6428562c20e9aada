export { bindingsPaths } from './bindings';
export { budgetsPaths } from './budgets';
export { chargesPaths } from './charges';
export { costsPaths } from './costs';
export { coveragePaths } from './coverage';
export { overviewPaths } from './overview';
export { statementsPaths } from './statements';
export { statusPaths } from './status';
