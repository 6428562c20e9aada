export { demoPolicyModule } from './policyModule';
export { demoSignInModule } from './signInModule';
