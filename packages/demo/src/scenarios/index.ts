export { scenarios, scenarioWithId } from './scenarios';
export { describeScenarios } from './describe';
export type * from './types';
