export { CostControls } from './CostControls';
export { ALL_ENVIRONMENTS, environmentOptions } from './options';
