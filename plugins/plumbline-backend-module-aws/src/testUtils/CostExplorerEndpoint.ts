import { toError } from '@backstage/errors';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { costAndUsage, costCategories, tags, type Knowledge } from './answers';
import type { CostExplorerBill } from './bill';
import {
  deviationsFromModel,
  isCostExplorerOperation,
  type CostExplorerOperation,
} from './model';

const TARGET = /^AWSInsightsIndexService\.(\w+)$/;
const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/[\w-]+\/ce\/aws4_request, SignedHeaders=[^,]+, Signature=[0-9a-f]{64}$/;

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

interface Fault extends CostExplorerFaultOptions {
  name: CostExplorerFault;
  after: number;
  times: number;
}

const STATUS: Partial<Record<CostExplorerFault, number>> = {
  InternalServerException: 500,
};

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
    const endpoint = new CostExplorerEndpoint(options);
    await new Promise<void>(resolve =>
      endpoint.server.listen(0, '127.0.0.1', resolve),
    );
    return endpoint;
  }

  /** In order. */
  readonly calls: CostExplorerCall[] = [];
  readonly violations: string[] = [];
  /** What it knows; may be changed. */
  bill: CostExplorerBill;
  private readonly server: Server;
  private faults: Fault[] = [];

  private constructor(private readonly options: CostExplorerEndpointOptions) {
    this.bill = options.bill;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(error => {
        this.violate(response, [String(error?.stack ?? error)]);
      });
    });
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Open connections. */
  async connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.server.getConnections((error, count) =>
        error ? reject(error) : resolve(count),
      ),
    );
  }

  /** Lets calls go wrong from now on. */
  fail(name: CostExplorerFault, options: CostExplorerFaultOptions = {}): void {
    this.faults.push({ after: 0, times: Infinity, ...options, name });
  }

  /** Lets all go well again. */
  heal(): void {
    this.faults = [];
  }

  /** @throws Error when a request or an answer departed from the model */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
    if (this.violations.length > 0) {
      throw new Error(
        `Departures from Cost Explorer's model: ${this.violations.join('; ')}`,
      );
    }
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const operation = TARGET.exec(header(request, 'x-amz-target'))?.[1] ?? '';
    const accessKeyId = SIGNED.exec(header(request, 'authorization'))?.[1];
    const body = JSON.parse(await textOf(request));
    if (!isCostExplorerOperation(operation)) {
      this.violate(response, [
        `${header(request, 'x-amz-target')} is no operation of this endpoint`,
      ]);
      return;
    }
    const violations = [
      ...(accessKeyId ? [] : [`${operation} is not signed for Cost Explorer`]),
      ...(header(request, 'content-type') === 'application/x-amz-json-1.1'
        ? []
        : [`${operation} comes as ${header(request, 'content-type')}`]),
      ...deviationsFromModel(operation, 'request', body),
    ];
    this.calls.push({
      operation,
      request: body,
      accessKeyId: accessKeyId ?? '',
    });
    if (violations.length > 0) {
      this.violate(response, violations);
      return;
    }
    this.answer(
      operation,
      body,
      this.faultOf(operation, accessKeyId),
      response,
    );
  }

  private answer(
    operation: CostExplorerOperation,
    request: Record<string, unknown>,
    fault: CostExplorerFault | undefined,
    response: ServerResponse,
  ): void {
    if (fault && fault !== 'cut' && fault !== 'repeated-token') {
      refuse(response, STATUS[fault] ?? 400, fault, 'As the test demands');
      return;
    }
    const { change = (_, unchanged) => unchanged } = this.options;
    let answer: unknown;
    try {
      answer = change(
        operation,
        this.know(
          operation,
          fault === 'repeated-token'
            ? { ...request, NextPageToken: undefined }
            : request,
        ),
      );
    } catch (error) {
      refuse(response, 400, 'ValidationException', toError(error).message);
      return;
    }
    const violations = deviationsFromModel(operation, 'answer', answer);
    if (violations.length > 0) {
      this.violate(response, violations);
      return;
    }
    const text = JSON.stringify(
      fault === 'repeated-token'
        ? { ...(answer as object), NextPageToken: 'again' }
        : answer,
    );
    response.writeHead(200, {
      'Content-Type': 'application/x-amz-json-1.1',
      'Content-Length': Buffer.byteLength(text),
    });
    if (fault === 'cut') {
      response.write(text.slice(0, text.length / 2), () => response.destroy());
    } else {
      response.end(text);
    }
  }

  private know(
    operation: CostExplorerOperation,
    request: Record<string, unknown>,
  ): object {
    const { now = () => new Date(), pageSize = 5_000 } = this.options;
    const knowledge: Knowledge = { bill: this.bill, now: now(), pageSize };
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

  private faultOf(
    operation: CostExplorerOperation,
    accessKeyId?: string,
  ): CostExplorerFault | undefined {
    for (const fault of this.faults) {
      if (
        (fault.operation ?? operation) !== operation ||
        (fault.accessKeyId ?? accessKeyId) !== accessKeyId
      ) {
        continue;
      }
      if (fault.after > 0) {
        fault.after -= 1;
      } else if (fault.times > 0) {
        fault.times -= 1;
        return fault.name;
      }
    }
    return undefined;
  }

  private violate(response: ServerResponse, violations: string[]): void {
    this.violations.push(...violations);
    refuse(response, 400, 'EndpointModelViolation', violations.join('; '));
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  name: string,
  message: string,
): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: name, message }));
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value ?? '';
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
