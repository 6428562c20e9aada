import { createBackendModule } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './authenticator';
import { DemoPerson } from './people';

const signInAsPerson: SignInResolver<DemoPerson> = async (
  { result },
  context,
) => {
  const { userEntityRef, teamEntityRef } = result;
  try {
    return await context.signInWithCatalogUser({ entityRef: userEntityRef });
  } catch (error) {
    if (!isError(error) || error.name !== 'NotFoundError') {
      throw error;
    }
    // The portal is up before its catalog is full; nobody should have to wait to get in.
    return context.issueToken({
      claims: { sub: userEntityRef, ent: [userEntityRef, teamEntityRef] },
    });
  }
};

/** Development-only sign-in as the four people of the demo company: auth provider `demo`. */
export const demoSignInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: signInAsPerson,
          }),
        });
      },
    });
  },
});
