export { bindingsPaths } from './bindings';
export { costsPaths } from './costs';
export { overviewPaths } from './overview';
export { statusPaths } from './status';
