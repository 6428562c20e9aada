import { AwsJsonServer, type Dialect } from './AwsJsonServer';
import { metricData, type RecordedMetric } from './metricData';
import { isCloudWatchOperation, type CloudWatchOperation } from './model';

/** What stands for an error in the older protocol, which clients are told as well. */
const QUERY_ERRORS: Record<string, string> = {
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  InternalServiceFault: 'InternalServiceError',
  ThrottlingException: 'Throttling',
  ValidationException: 'ValidationError',
};

const DIALECT: Dialect<CloudWatchOperation> = {
  title: 'CloudWatch',
  target: 'GraniteServiceVersion20100801',
  contentType: 'application/x-amz-json-1.0',
  signingName: 'monitoring',
  isOperation: isCloudWatchOperation,
  errorOf: name => {
    const status = name === 'InternalServiceFault' ? 500 : 400;
    return {
      status,
      type: `com.amazonaws.cloudwatch#${name}`,
      headers: {
        'x-amzn-query-error': `${QUERY_ERRORS[name] ?? name};${
          status === 500 ? 'Receiver' : 'Sender'
        }`,
      },
    };
  },
};

/** A call, which takes $0.01 for each 1,000 metrics that it asks for. @public */
export interface CloudWatchCall {
  operation: CloudWatchOperation;
  /** As it was sent. */
  request: Record<string, unknown>;
  accessKeyId: string;
  region: string;
}

/**
 * What may go wrong: answers of AWS; `cut`, a connection that ends in the middle of an answer; `repeated-token`, a
 * page that names itself as the next one.
 *
 * @public
 */
export type CloudWatchFault =
  | 'AccessDeniedException'
  | 'ExpiredTokenException'
  | 'ThrottlingException'
  | 'InternalServiceFault'
  | 'cut'
  | 'repeated-token';

/** Which calls a fault meets. @public */
export interface CloudWatchFaultOptions {
  /** Calls that go well before; none where absent. */
  after?: number;
  /** How often; always where absent. */
  times?: number;
  accessKeyId?: string;
}

/** @public */
export interface CloudWatchEndpointOptions {
  metrics: RecordedMetric[];
  now?: () => Date;
  /** Values of a page; 100,800 where absent. */
  pageSize?: number;
  /** Changes an answer before it is checked against the model. */
  change?: (answer: object) => unknown;
}

/**
 * Speaks as much of CloudWatch as a source needs, on 127.0.0.1, over metrics in memory. Each request and each answer
 * is checked against the model of the AWS SDK; whatever departs from it ends in an error that names it, and is kept in
 * `violations`.
 *
 * @public
 */
export class CloudWatchEndpoint {
  static async start(
    options: CloudWatchEndpointOptions,
  ): Promise<CloudWatchEndpoint> {
    const known = { metrics: options.metrics };
    const server = await AwsJsonServer.start(DIALECT, (call, fault) =>
      answerOf(call, { ...options, ...known }, fault?.repeat ?? false),
    );
    return new CloudWatchEndpoint(server, known);
  }

  private constructor(
    private readonly server: AwsJsonServer<CloudWatchOperation>,
    private readonly known: { metrics: RecordedMetric[] },
  ) {}

  /** In order. */
  get calls(): CloudWatchCall[] {
    return this.server.calls;
  }

  get violations(): string[] {
    return this.server.violations;
  }

  /** What it knows; may be changed. */
  get metrics(): RecordedMetric[] {
    return this.known.metrics;
  }

  set metrics(metrics: RecordedMetric[]) {
    this.known.metrics = metrics;
  }

  get url(): string {
    return this.server.url;
  }

  /** Open connections. */
  async connections(): Promise<number> {
    return this.server.connections();
  }

  /** Lets calls go wrong from now on. */
  fail(name: CloudWatchFault, options: CloudWatchFaultOptions = {}): void {
    this.server.fail(name, options);
  }

  /** Lets all go well again. */
  heal(): void {
    this.server.heal();
  }

  /** @throws Error when a request or an answer departed from the model */
  async close(): Promise<void> {
    await this.server.close();
  }
}

function answerOf(
  { request, region }: CloudWatchCall,
  {
    metrics,
    now = () => new Date(),
    pageSize = 100_800,
    change = unchanged => unchanged,
  }: CloudWatchEndpointOptions,
  repeat: boolean,
): unknown {
  const answer = change(
    // Checked against the model of the operation.
    metricData(
      (repeat ? { ...request, NextToken: undefined } : request) as never,
      { metrics, region, now: now(), pageSize },
    ),
  );
  return repeat ? { ...(answer as object), NextToken: 'again' } : answer;
}
