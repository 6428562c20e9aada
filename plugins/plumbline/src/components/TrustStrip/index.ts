export { TrustStrip } from './TrustStrip';
export { coverageText } from './coverageText';
