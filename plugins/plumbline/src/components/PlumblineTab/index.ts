export { PlumblineTab } from './PlumblineTab';
