import type {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { audited } from '../api/audited';

/**
 * Runs an action of an assistant between the two halves of the audit event that the route for the same has. There is no
 * request, from which the auditor would know who acts; so the event says it.
 *
 * @internal
 */
export async function auditedAction<T>(
  auditor: AuditorService,
  event: {
    eventId: string;
    action: string;
    credentials: BackstageCredentials;
    meta: JsonObject;
  },
  act: () => Promise<T>,
): Promise<T> {
  const { eventId, action, credentials, meta } = event;
  return audited(
    auditor,
    { eventId, meta: { ...meta, action, actor: actorOf(credentials) } },
    act,
  );
}

function actorOf(credentials: BackstageCredentials): string {
  const { userEntityRef, subject } = credentials.principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? 'nobody';
}
