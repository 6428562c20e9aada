export { PlumblinePage } from './PlumblinePage';
