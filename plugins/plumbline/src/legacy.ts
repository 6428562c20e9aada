export {
  EntityPlumblineContent,
  EntityPlumblineCostCard,
  EntityPlumblineOverviewCard,
  plumblinePlugin,
} from './legacyPlugin';
export { isPlumblineAvailable } from './extensions/kinds';
export { plumblineApiRef } from './api';
