import { AddressInfo } from 'node:net';
import { Server } from 'node:http';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  AuthProviderFactory,
  authProvidersExtensionPoint,
  AuthResolverContext,
} from '@backstage/plugin-auth-node';
import express from 'express';
import { demoPeople } from './people';
import { demoSignInModule } from './signInModule';

/** What the auth back end does for a provider: here the catalog holds Sam alone. */
const resolverContext: AuthResolverContext = {
  issueToken: async ({ claims }) => ({
    token: tokenOf(claims.sub, claims.ent ?? []),
  }),
  signInWithCatalogUser: async query => {
    if ('entityRef' in query && query.entityRef === 'user:default/sam.okafor') {
      return {
        token: tokenOf(query.entityRef, ['group:default/from-catalog']),
      };
    }
    throw new NotFoundError('No such user');
  },
  findCatalogUser: () => Promise.reject(new Error('not expected')),
  resolveOwnershipEntityRefs: () => Promise.reject(new Error('not expected')),
};

function tokenOf(sub: string, ent: string[]) {
  const part = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub, ent })}.`;
}

describe('demo sign-in', () => {
  const nodeEnv = process.env.NODE_ENV;
  let server: Server | undefined;

  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: nodeEnv });
    server?.close();
  });

  async function signIn(
    person: string | undefined,
    options: { nodeEnv?: string; provider?: { [name: string]: boolean } } = {},
  ) {
    Object.assign(process.env, { NODE_ENV: options.nodeEnv ?? 'development' });
    const factories = new Map<string, AuthProviderFactory>();
    await startTestBackend({
      features: [demoSignInModule],
      extensionPoints: [
        [
          authProvidersExtensionPoint,
          {
            registerProvider: ({ providerId, factory }) =>
              factories.set(providerId, factory),
          },
        ],
      ],
    });
    const provider = factories.get('demo')?.({
      providerId: 'demo',
      globalConfig: {
        baseUrl: 'http://localhost',
        appUrl: 'http://localhost',
        isOriginAllowed: () => true,
      },
      config: new ConfigReader(options.provider ?? {}),
      logger: mockServices.logger.mock(),
      resolverContext,
      baseUrl: 'http://localhost',
      appUrl: 'http://localhost',
      isOriginAllowed: () => true,
    });

    const app = express();
    app.get('/refresh', (req, res, next) => {
      provider?.refresh?.call(provider, req, res).catch(next);
    });
    app.use(((error, _req, res, _next) => {
      res
        .status(500)
        .json({ error: { name: error.name, message: error.message } });
    }) as express.ErrorRequestHandler);
    const listening = app.listen(0, '127.0.0.1');
    server = listening;
    await new Promise(resolve => listening.once('listening', resolve));
    const { port } = listening.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/refresh`, {
      headers: person ? { 'x-plumbline-demo-person': person } : {},
    });
    return response.json();
  }

  it('knows exactly four people', () => {
    expect([...demoPeople.keys()].sort()).toEqual([
      'finops',
      'platform',
      'security',
      'service-owner',
    ]);
  });

  it('signs a person in with the groups that the catalog tells of', async () => {
    const body = await signIn('service-owner');
    expect(body.profile.displayName).toBe('Sam Okafor');
    expect(body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/sam.okafor',
      ownershipEntityRefs: ['group:default/from-catalog'],
    });
  });

  it('signs a person in with the own team while the catalog is empty', async () => {
    const body = await signIn('finops');
    expect(body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/fiona.lindqvist',
      ownershipEntityRefs: [
        'user:default/fiona.lindqvist',
        'group:default/finops',
      ],
    });
  });

  it.each([['mallory'], [undefined]])('refuses %s', async person => {
    const { error } = await signIn(person);
    expect(error.name).toBe('AuthenticationError');
    expect(error.message).toMatch(
      /takes one of platform, service-owner, finops, security/,
    );
  });

  it('refuses everybody outside of development', async () => {
    const { error } = await signIn('finops', { nodeEnv: 'production' });
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toMatch(/NODE_ENV=development only/);
  });

  it('works outside of development where the configuration says so', async () => {
    const body = await signIn('finops', {
      nodeEnv: 'production',
      provider: { dangerouslyAllowOutsideDevelopment: true },
    });
    expect(body.profile.displayName).toBe('Fiona Lindqvist');
  });
});
