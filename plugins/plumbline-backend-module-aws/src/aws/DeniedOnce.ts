import { toError } from '@backstage/errors';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { isDenied } from './explain';

type Retry = StandardRetryStrategy['refreshRetryTokenForRetry'];

/**
 * Tries again what the client itself would, except what was denied. Where this machine's clock is wrong, the client
 * takes each refusal for a matter of the clock; yet a missing right stays missing, and each call is paid.
 *
 * @internal
 */
export class DeniedOnce extends StandardRetryStrategy {
  async refreshRetryTokenForRetry(
    ...[token, info]: Parameters<Retry>
  ): ReturnType<Retry> {
    if (isDenied(toError(info.error))) {
      throw info.error;
    }
    return super.refreshRetryTokenForRetry(token, info);
  }
}
