export { Failure } from './Failure';
export { explainFailure } from './explainFailure';
