/** A service of AWS, as messages name it. @internal */
export interface AwsService {
  /** Such as `Cost Explorer`. */
  title: string;
  /** Of its rights, such as `ce`. */
  prefix: string;
  /** What a refusal means that no right helps against; absent where it is none of these. */
  refusal?: (message: string) => string | undefined;
}

/** What was asked of a service. @internal */
export interface AwsQuestion {
  service: AwsService;
  /** Such as `GetCostAndUsage`. */
  operation: string;
  /** In words, for messages. */
  what: string;
}
