export { UnallocatedPage } from './UnallocatedPage';
