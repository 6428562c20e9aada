export { plumblinePlugin as default } from './plugin';
export { plumblineApiRef } from './api';
