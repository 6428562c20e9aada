export { demoPolicyModule } from './policyModule';
export { demoSignInModule } from './signInModule';
export { demoPeople } from './people';
export type { DemoPerson } from './people';
