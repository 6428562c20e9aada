export { plumblineApiRef } from './plumblineApiRef';
