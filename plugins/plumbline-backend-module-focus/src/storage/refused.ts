import { SourceAccessError } from '../SourceAccessError';

/**
 * What stands behind a 403 of S3: an archived object, credentials that it does not accept, or a missing right.
 *
 * @param code - S3's word for it, such as `AccessDenied`
 * @param said - S3's message
 * @internal
 */
export function refused(
  asked: { right: string; place: string; file?: string },
  code: string,
  said: string,
  cause: unknown,
): SourceAccessError {
  const { place, file } = asked;
  if (code === 'InvalidObjectState') {
    return new SourceAccessError(
      `${place} is an archived object (S3 says ${code}). Restore it, or lower 'restatedMonths' so that its month is no longer looked at.`,
      { file, cause },
    );
  }
  if (/token|signature|accesskey|clock|time/i.test(code)) {
    return new SourceAccessError(
      `May not read ${place}: S3 does not accept the credentials (it says ${code}). Check 'aws' in the configuration.`,
      { file, cause },
    );
  }
  const right = said.includes('kms:Decrypt') ? 'kms:Decrypt' : asked.right;
  return new SourceAccessError(
    `May not read ${place}: the right ${right} is missing (S3 says ${code}).`,
    { missingRight: right, file, cause },
  );
}
