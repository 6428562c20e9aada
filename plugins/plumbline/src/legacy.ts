export {
  EntityPlumblineContent,
  EntityPlumblineCostCard,
  EntityPlumblineOverviewCard,
  PlumblinePage,
  plumblinePlugin,
} from './legacyPlugin';
export { isPlumblineAvailable } from './kinds';
export { plumblineApiRef } from './api';
