import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const HOUR_S = 3_600;

/** Somebody who is signed in to the portal of a measurement. */
export interface Identity {
  userEntityRef: string;
  ownershipEntityRefs: string[];
}

/**
 * Signs a person in as the auth plugin of a portal does: with a token that the portal's own auth services
 * verify, each time, against the keys that this plugin publishes.
 *
 * @returns the token, and the plugin that the portal asks for keys and for who the person is
 */
export function signIn(identity: Identity) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const header = { alg: 'ES256', kid: randomUUID() };
  const iat = Math.floor(Date.now() / 1_000);
  const claims = { sub: identity.userEntityRef, iat, exp: iat + HOUR_S };
  // With this signature the portal makes a token that is good for nothing but to say who somebody is.
  const proof = signatureOf(
    privateKey,
    encode({ typ: 'vnd.backstage.limited-user', ...header }, claims),
  );
  const content = encode(
    { typ: 'vnd.backstage.user', ...header },
    { ...claims, aud: 'backstage', uip: proof },
  );
  const jwk = publicKey.export({ format: 'jwk' });
  const plugin = createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const router = Router();
          router.get('/.well-known/jwks.json', (_, response) => {
            response.json({ keys: [{ ...jwk, ...header }] });
          });
          router.get('/v1/userinfo', (_, response) => {
            const { userEntityRef: sub, ownershipEntityRefs: ent } = identity;
            response.json({ claims: { sub, ent } });
          });
          httpRouter.use(router);
          httpRouter.addAuthPolicy({
            path: '/.well-known/jwks.json',
            allow: 'unauthenticated',
          });
          httpRouter.addAuthPolicy({
            path: '/v1/userinfo',
            allow: 'unauthenticated',
          });
        },
      });
    },
  });
  return { plugin, token: `${content}.${signatureOf(privateKey, content)}` };
}

function encode(...parts: object[]): string {
  return parts
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}

function signatureOf(key: KeyObject, content: string): string {
  return sign('sha256', Buffer.from(content), {
    key,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
}
