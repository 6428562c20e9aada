import { performance } from 'node:perf_hooks';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  plumblineCostReadPermission,
  plumblineDriftReadPermission,
  plumblinePolicyReadPermission,
  plumblineProvenanceReadPermission,
} from '@plumbline/backstage-plugin-plumbline-common';
import { OwnersOnlyPolicy } from '@plumbline/backstage-plugin-plumbline-node';
import type { PlumblineDatabase } from '@plumbline/backstage-plugin-plumbline-backend/src/database';
import { Router } from 'express';
import { percentile } from './percentile';

const CALLERS = 20;
const ROUNDS = 5;
const CALLS_PER_ROUND = 400;

const USER = 'user:default/bench';

/** As the real service does, and the mock does not: a token for another plugin says who acts for the user. */
const authService = createServiceFactory({
  service: coreServices.auth,
  deps: {},
  factory: () =>
    Object.assign(Object.create(mockServices.auth()), {
      getPluginRequestToken: async () => ({
        token: mockCredentials.user.token(USER, {
          actor: { subject: 'plugin:plumbline' },
        }),
      }),
    }),
});

const TEAMS = Array.from(
  { length: 100 },
  (_, index) => `group:default/team-${index}`,
);

/** Authorises its caller as an overview does, and answers nothing. */
const emptyPlugin = createBackendPlugin({
  pluginId: 'empty',
  register(env) {
    env.registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
      },
      async init({ httpAuth, httpRouter, permissions }) {
        const router = Router();
        router.get('/', async (request, response) => {
          const credentials = await httpAuth.credentials(request, {
            allow: ['user'],
          });
          await permissions.authorizeConditional(
            [
              plumblineCostReadPermission,
              plumblineDriftReadPermission,
              plumblinePolicyReadPermission,
              plumblineProvenanceReadPermission,
            ].map(permission => ({ permission })),
            { credentials },
          );
          response.json({});
        });
        httpRouter.use(router);
      },
    });
  },
});

const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bench-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(OwnersOnlyPolicy.create({ admins: [] }));
      },
    });
  },
});

/** What twenty callers at a time see of one address, in milliseconds a call. */
async function measure(urlOf: (index: number) => string): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < CALLS_PER_ROUND) {
      next += 1;
      const start = performance.now();
      const response = await fetch(urlOf(next), {
        headers: { authorization: mockCredentials.user.header(USER) },
      });
      await response.arrayBuffer();
      if (!response.ok) {
        throw new Error(`${urlOf(next)} answered ${response.status}`);
      }
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return times;
}

/**
 * How long an overview takes over HTTP with permissions, as a multiple of a handler that authorises the same
 * caller and answers nothing; the median of several rounds in turns.
 */
export async function measureHttp(
  { knex }: PlumblineDatabase,
  entityOf: (index: number) => string,
): Promise<{ ratio: number; overview: number; empty: number }> {
  const port = await freePort();
  const backend = createBackend();
  const features = [
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: `http://127.0.0.1:${port}`,
          listen: { host: '127.0.0.1', port },
        },
        permission: { enabled: true },
      },
    }),
    mockServices.rootLogger.factory({ level: 'error' }),
    authService,
    mockServices.httpAuth.factory(),
    createServiceFactory({
      service: coreServices.userInfo,
      deps: {},
      factory: () => ({
        getUserInfo: async () => ({
          userEntityRef: USER,
          ownershipEntityRefs: TEAMS,
        }),
      }),
    }),
    mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
    createServiceFactory({
      service: coreServices.database,
      deps: {},
      factory: () => ({ getClient: async () => knex }),
    }),
    catalogServiceMock.factory(),
    policyModule,
    emptyPlugin,
  ];
  features.forEach(feature => backend.add(feature));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('@plumbline/backstage-plugin-plumbline-backend'));
  await backend.start();

  const base = `http://127.0.0.1:${port}/api`;
  const empty = () => `${base}/empty/`;
  const overview = (index: number) => {
    const name = entityOf(index).split('/')[1];
    return `${base}/plumbline/v1/entities/component/default/${name}/overview`;
  };
  await measure(empty);
  await measure(overview);
  const rounds: { overview: number; empty: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      empty: percentile(await measure(empty), 0.5),
      overview: percentile(await measure(overview), 0.5),
    });
  }
  await backend.stop();
  return {
    ratio: percentile(
      rounds.map(round => round.overview / round.empty),
      0.5,
    ),
    overview: percentile(
      rounds.map(round => round.overview),
      0.5,
    ),
    empty: percentile(
      rounds.map(round => round.empty),
      0.5,
    ),
  };
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise(resolve => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') {
    throw new Error('No free port could be found on 127.0.0.1');
  }
  return address.port;
}
