import type {
  AwsCredentialProvider,
  AwsCredentialsManager,
} from '@backstage/integration-aws-node';
import type { PaidCallBudget } from '@plumbline/backstage-plugin-plumbline-node';
import { DeniedOnce } from './DeniedOnce';
import { explain } from './explain';
import type { AwsQuestion } from './service';

/** Calls for one page at most: throttling, a cut connection and errors of the service are tried again. */
const MAX_ATTEMPTS = 4;
const IDLE_MS = 30_000;

/** Where a service is asked, and as whom. @internal */
export interface AwsPlace {
  /** One of `aws.accounts`; the main account where absent. */
  accountId?: string;
  region: string;
  endpoint?: string;
}

/**
 * Settings of a client, with the credentials of the account.
 *
 * @param question - what the client is for
 * @throws AwsAccessError, AwsReadError
 * @internal
 */
export async function clientSettings(
  { accountId, region, endpoint }: AwsPlace,
  credentials: AwsCredentialsManager,
  question: AwsQuestion,
) {
  let provider: AwsCredentialProvider;
  try {
    provider = await credentials.getCredentialProvider({ accountId });
  } catch (error) {
    throw explain(error, question);
  }
  return {
    credentials: provider.sdkCredentialProvider,
    region,
    endpoint,
    maxAttempts: MAX_ATTEMPTS,
    retryStrategy: new DeniedOnce(MAX_ATTEMPTS),
    requestHandler: {
      connectionTimeout: 10_000,
      requestTimeout: IDLE_MS,
      throwOnRequestTimeout: true,
      socketTimeout: IDLE_MS,
    },
  };
}

/** Within each attempt at a call. @internal */
export const IN_EACH_ATTEMPT = {
  relation: 'after',
  toMiddleware: 'retryMiddleware',
  name: 'bookCall',
} as const;

/** Middleware that books a call before it is made. @internal */
export function bookCalls(budget: PaidCallBudget) {
  return <Request, Answer>(next: (request: Request) => Promise<Answer>) =>
    async (request: Request): Promise<Answer> => {
      await budget.spend(1);
      return next(request);
    };
}
