export type { PlumblinePolicyOptions } from './decide';
export * from './EveryonePolicy';
export * from './OwnersAndFinOpsPolicy';
export * from './OwnersOnlyPolicy';
