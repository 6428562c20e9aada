import { createServer } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
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
import createKnex, { type Knex } from 'knex';
import { signIn } from './identity';

/** A portal's back end on a filled database, and somebody who is signed in. */
export interface BenchPortal {
  /** Address of the API, such as `http://127.0.0.1:7007/api`. */
  url: string;
  /** Of the person who looks. */
  token: string;
  stop(): Promise<void>;
}

/**
 * The yardstick: knows its caller by the same services as an overview, asks for the same permissions in one
 * call, and answers a small JSON.
 */
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
          response.json({ state: 'ok' });
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

/**
 * Starts a back end as a portal has it: tokens are signed and verified, the permission back end is asked over
 * HTTP, people see what they own. Doubles are the scheduler, and the catalog, which answers from memory.
 *
 * @param names - of the components that the catalog has
 * @param groups - those whose entities the person who looks may see
 */
export async function startPortal(
  { knex }: PlumblineDatabase,
  names: string[],
  groups: string[],
): Promise<BenchPortal> {
  const port = await freePort();
  const { plugin: authPlugin, token } = signIn({
    userEntityRef: 'user:default/bench',
    ownershipEntityRefs: ['user:default/bench', ...groups],
  });
  const keyStores: Knex[] = [];
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
    mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
    createServiceFactory({
      service: coreServices.database,
      deps: { plugin: coreServices.pluginMetadata },
      factory: ({ plugin }) => {
        if (plugin.getId() === 'plumbline') {
          return { getClient: async () => knex };
        }
        // The other plugins keep their keys in it, and nothing else.
        const client = createKnex({
          client: 'better-sqlite3',
          connection: ':memory:',
          useNullAsDefault: true,
        });
        keyStores.push(client);
        return { getClient: async () => client };
      },
    }),
    catalogServiceMock.factory({
      entities: names.map(name => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name },
      })),
    }),
    authPlugin,
    policyModule,
    emptyPlugin,
  ];
  features.forEach(feature => backend.add(feature));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('@plumbline/backstage-plugin-plumbline-backend'));
  await backend.start();
  return {
    url: `http://127.0.0.1:${port}/api`,
    token,
    async stop() {
      await backend.stop();
      await Promise.all(keyStores.map(client => client.destroy()));
    },
  };
}

async function freePort(): Promise<number> {
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
