import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/**
 * Runs an act between the two halves of its audit event.
 *
 * @internal
 */
export async function audited<T>(
  auditor: AuditorService,
  event: AuditorServiceCreateEventOptions,
  act: () => Promise<T>,
): Promise<T> {
  const audit = await auditor.createEvent(event);
  let result: T;
  try {
    result = await act();
  } catch (error) {
    await audit.fail({ error: toError(error) });
    throw error;
  }
  await audit.success();
  return result;
}
