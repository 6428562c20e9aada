/** The parts of an ARN. */
export interface Arn {
  service: string;
  region: string;
  accountId: string;
  /** Everything behind the account, such as `function:checkout` or `table/orders`. */
  resource: string;
}

/** Takes an ARN apart; undefined for anything else. Nothing is changed in case. */
export function parseArn(text: string): Arn | undefined {
  const match =
    /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(\S+)$/.exec(text);
  return match
    ? {
        service: match[1],
        region: match[2],
        accountId: match[3],
        resource: match[4],
      }
    : undefined;
}

/** The function whose logs a log group holds; undefined for any other thing. */
export function loggedFunctionOf(arn: Arn | undefined): string | undefined {
  return arn?.service === 'logs'
    ? /^log-group:\/aws\/lambda\/([\w-]+)(?::\*)?$/.exec(arn.resource)?.[1]
    : undefined;
}

/** The function a Lambda ARN names, with or without the version or alias behind it. */
export function lambdaFunctionOf(arn: Arn | undefined): string | undefined {
  return arn?.service === 'lambda'
    ? /^function:([^:]+)(?::[^:]+)?$/.exec(arn.resource)?.[1]
    : undefined;
}
