import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { DemoPerson, demoPeople } from './people';

/** The header in which the sign-in page names the person. */
export const PERSON_HEADER = 'x-plumbline-demo-person';

/**
 * Believes whoever the header names, therefore works in development only.
 *
 * Throws NotAllowedError outside of development and AuthenticationError when the header names
 * nobody of the demo company.
 */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async ({ displayName, email }: DemoPerson) => ({
    profile: { displayName, email },
  }),
  initialize({ config }) {
    const allowed =
      process.env.NODE_ENV === 'development' ||
      config.getOptionalBoolean('dangerouslyAllowOutsideDevelopment') === true;
    return { allowed };
  },
  async authenticate({ req }, { allowed }) {
    if (!allowed) {
      throw new NotAllowedError(
        "The demo sign-in asks for no password and works with NODE_ENV=development only; to use it elsewhere set 'auth.providers.demo.dangerouslyAllowOutsideDevelopment: true'",
      );
    }
    const id = req.header(PERSON_HEADER);
    const person = demoPeople.get(id ?? '');
    if (!person) {
      throw new AuthenticationError(
        `Nobody in the demo company is known as '${
          id ?? ''
        }'; header '${PERSON_HEADER}' takes one of ${[
          ...demoPeople.keys(),
        ].join(', ')}`,
      );
    }
    return { result: person };
  },
});
