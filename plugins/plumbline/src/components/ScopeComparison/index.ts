export { ScopeComparison } from './ScopeComparison';
export { MembersSection } from './MembersSection';
