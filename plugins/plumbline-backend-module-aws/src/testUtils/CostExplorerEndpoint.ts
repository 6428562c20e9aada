import { AwsJsonServer, type Dialect } from './AwsJsonServer';
import { costAndUsage, costCategories, tags, type Knowledge } from './answers';
import type { CostExplorerBill } from './bill';
import { isCostExplorerOperation, type CostExplorerOperation } from './model';

const DIALECT: Dialect<CostExplorerOperation> = {
  title: 'Cost Explorer',
  target: 'AWSInsightsIndexService',
  contentType: 'application/x-amz-json-1.1',
  signingName: 'ce',
  isOperation: isCostExplorerOperation,
  errorOf: name => ({
    status: name === 'InternalServerException' ? 500 : 400,
    type: name,
  }),
};

/** A call, each of which would have cost $0.01. @public */
export interface CostExplorerCall {
  operation: CostExplorerOperation;
  /** As it was sent. */
  request: Record<string, unknown>;
  accessKeyId: string;
}

/**
 * What may go wrong: answers of AWS; `cut`, a connection that ends in the middle of an answer; `repeated-token`, a
 * page that names itself as the next one.
 *
 * @public
 */
export type CostExplorerFault =
  | 'AccessDeniedException'
  | 'ExpiredTokenException'
  | 'ThrottlingException'
  | 'LimitExceededException'
  | 'DataUnavailableException'
  | 'InternalServerException'
  | 'cut'
  | 'repeated-token';

/** Which calls a fault meets. @public */
export interface CostExplorerFaultOptions {
  /** Calls that go well before; none where absent. */
  after?: number;
  /** How often; always where absent. */
  times?: number;
  operation?: CostExplorerOperation;
  accessKeyId?: string;
}

/** @public */
export interface CostExplorerEndpointOptions {
  bill: CostExplorerBill;
  now?: () => Date;
  /** Groups of a page; 5,000 where absent. */
  pageSize?: number;
  /** Changes an answer before it is checked against the model. */
  change?: (operation: CostExplorerOperation, answer: object) => unknown;
}

/**
 * Speaks as much of Cost Explorer as a source needs, on 127.0.0.1, over a bill in memory. Each request and each answer
 * is checked against the model of the AWS SDK; whatever departs from it ends in an error that names it, and is kept in
 * `violations`.
 *
 * @public
 */
export class CostExplorerEndpoint {
  static async start(
    options: CostExplorerEndpointOptions,
  ): Promise<CostExplorerEndpoint> {
    const known = { bill: options.bill };
    const server = await AwsJsonServer.start(DIALECT, (call, fault) =>
      answerOf(call, { ...options, ...known }, fault?.repeat ?? false),
    );
    return new CostExplorerEndpoint(server, known);
  }

  private constructor(
    private readonly server: AwsJsonServer<CostExplorerOperation>,
    private readonly known: { bill: CostExplorerBill },
  ) {}

  /** In order. */
  get calls(): CostExplorerCall[] {
    return this.server.calls;
  }

  get violations(): string[] {
    return this.server.violations;
  }

  /** What it knows; may be changed. */
  get bill(): CostExplorerBill {
    return this.known.bill;
  }

  set bill(bill: CostExplorerBill) {
    this.known.bill = bill;
  }

  get url(): string {
    return this.server.url;
  }

  /** Open connections. */
  async connections(): Promise<number> {
    return this.server.connections();
  }

  /** Lets calls go wrong from now on. */
  fail(name: CostExplorerFault, options: CostExplorerFaultOptions = {}): void {
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
  { operation, request }: CostExplorerCall,
  options: CostExplorerEndpointOptions,
  repeat: boolean,
): unknown {
  const { change = (_, unchanged) => unchanged } = options;
  const answer = change(
    operation,
    know(
      operation,
      repeat ? { ...request, NextPageToken: undefined } : request,
      options,
    ),
  );
  return repeat ? { ...(answer as object), NextPageToken: 'again' } : answer;
}

function know(
  operation: CostExplorerOperation,
  request: Record<string, unknown>,
  {
    bill,
    now = () => new Date(),
    pageSize = 5_000,
  }: CostExplorerEndpointOptions,
): object {
  const knowledge: Knowledge = { bill, now: now(), pageSize };
  // Checked against the model of the operation.
  switch (operation) {
    case 'GetCostAndUsage':
      return costAndUsage(request as never, knowledge);
    case 'GetTags':
      return tags(request as never, knowledge);
    case 'GetCostCategories':
      return costCategories(request as never, knowledge);
    default:
      throw new Error(`This endpoint does not answer ${operation}`);
  }
}
