export { inDomain } from './inDomain';
export { inSystem } from './inSystem';
export { isEntityOwner } from './isEntityOwner';
