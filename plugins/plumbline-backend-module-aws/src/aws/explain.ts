import { isError, toError } from '@backstage/errors';
import { AwsAccessError, AwsReadError } from './errors';
import type { AwsQuestion } from './service';

const DENIED = /^AccessDenied|^UnauthorizedOperation/;
const CREDENTIALS =
  /Token|Credential|Signature|AccessKey|UnrecognizedClient|OptInRequired|RequestExpired/;
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|RequestRateExceeded/;

/** Whether a right is missing. @internal */
export function isDenied({ name }: Error): boolean {
  return DENIED.test(name);
}

/**
 * What an error of the client means for a person: which right is missing, whether the credentials are not
 * accepted, or why some months could not be read.
 *
 * @internal
 */
export function explain(
  error: unknown,
  { service, operation, what }: AwsQuestion,
): Error {
  const { name } = toError(error);
  const message = plain(toError(error).message);
  if (name === 'BudgetExhaustedError' || name === 'LostTicketError') {
    return toError(error);
  }
  if (error instanceof AwsReadError) {
    return error;
  }
  if (/sts:AssumeRole/i.test(message)) {
    return new AwsAccessError(
      `May not take on the role for ${what}: the right sts:AssumeRole is missing, or the role does not trust us (AWS says ${name}: ${message}). Check the role's trust policy, its external id and 'aws.accounts'.`,
      { missingRight: 'sts:AssumeRole', cause: error },
    );
  }
  if (isDenied(toError(error))) {
    const refusal = service.refusal?.(message);
    const right = `${service.prefix}:${operation}`;
    return refusal
      ? new AwsAccessError(`May not read ${what}: ${refusal}`, { cause: error })
      : new AwsAccessError(
          `May not read ${what}: the right ${right} is missing (${service.title} says ${name}).`,
          { missingRight: right, cause: error },
        );
  }
  if (CREDENTIALS.test(name) && !/NextToken/.test(name)) {
    return new AwsAccessError(
      `May not read ${what}: ${
        /expired/i.test(`${name} ${message}`)
          ? 'the credentials have expired'
          : 'AWS does not accept the credentials'
      } (it says ${name}). Check 'aws' in the configuration.`,
      { cause: error },
    );
  }
  if (THROTTLED.test(name)) {
    return new AwsReadError(
      `${service.title} throttled ${attempts(
        error,
      )} calls for ${what} one after another (it says ${name}); the next run asks again`,
      error,
    );
  }
  return new AwsReadError(
    `Could not read ${what} after ${attempts(
      error,
    )} calls (${name}: ${message}); the next run asks again`,
    error,
  );
}

/** Without what the client adds for programmers. */
function plain(message: string): string {
  const [line] = message.split('\n');
  return line.replace(/^AWS SDK error wrapper for (Error: )?/, '');
}

function attempts(error: unknown): number {
  const metadata = isError(error) ? error.$metadata : undefined;
  const count =
    metadata !== null && typeof metadata === 'object' && 'attempts' in metadata
      ? Number(metadata.attempts)
      : NaN;
  return count > 0 ? count : 1;
}
