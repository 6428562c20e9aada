export { SetUpSteps } from './SetUpSteps';
export { setUpOptions } from './setUpOptions';
