export { UnconfirmedMark } from './UnconfirmedMark';
