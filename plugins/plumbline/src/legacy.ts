export {
  EntityPlumblineContent,
  EntityPlumblineCostCard,
  EntityPlumblineOverviewCard,
  plumblinePlugin,
} from './legacyPlugin';
export { isPlumblineAvailable } from './kinds';
export { plumblineApiRef } from './api';
