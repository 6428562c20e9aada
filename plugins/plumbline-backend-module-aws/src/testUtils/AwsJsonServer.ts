import { toError } from '@backstage/errors';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { deviationsFromModel, type AwsOperation } from './model';

/** How a service speaks. @internal */
export interface Dialect<TOperation extends AwsOperation> {
  title: string;
  /** Of the header `x-amz-target`, before the operation. */
  target: string;
  contentType: string;
  /** What requests are signed for. */
  signingName: string;
  isOperation(name: string): name is TOperation;
  /** Of the error that stands for a failure. */
  errorOf(name: string): {
    status: number;
    type: string;
    headers?: Record<string, string>;
  };
}

/** A call to an endpoint. @internal */
export interface Call<TOperation> {
  operation: TOperation;
  /** As it was sent. */
  request: Record<string, unknown>;
  accessKeyId: string;
  region: string;
}

/** Which calls a fault meets. @internal */
export interface FaultOptions<TOperation> {
  after?: number;
  times?: number;
  operation?: TOperation;
  accessKeyId?: string;
}

interface Fault<TOperation> extends FaultOptions<TOperation> {
  name: string;
  after: number;
  times: number;
}

/**
 * An endpoint of AWS on 127.0.0.1. Each request and each answer is checked against the model of the AWS SDK; whatever
 * departs from it ends in an error that names it, and is kept in `violations`.
 *
 * @internal
 */
export class AwsJsonServer<TOperation extends AwsOperation> {
  /**
   * @param answer - what the service answers; it throws a `ValidationError` for what the service would refuse.
   *   `repeat` asks for the first page again
   */
  static async start<T extends AwsOperation>(
    dialect: Dialect<T>,
    answer: (call: Call<T>, fault?: { repeat: boolean }) => unknown,
  ): Promise<AwsJsonServer<T>> {
    const server = new AwsJsonServer(dialect, answer);
    await new Promise<void>(resolve =>
      server.http.listen(0, '127.0.0.1', resolve),
    );
    return server;
  }

  /** In order. */
  readonly calls: Call<TOperation>[] = [];
  readonly violations: string[] = [];
  private readonly http: Server;
  private faults: Fault<TOperation>[] = [];

  private constructor(
    private readonly dialect: Dialect<TOperation>,
    private readonly know: (
      call: Call<TOperation>,
      fault?: { repeat: boolean },
    ) => unknown,
  ) {
    this.http = createServer((request, response) => {
      this.serve(request, response).catch(error => {
        this.violate(response, [String(error?.stack ?? error)]);
      });
    });
  }

  get url(): string {
    const { port } = this.http.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.http.getConnections((error, count) =>
        error ? reject(error) : resolve(count),
      ),
    );
  }

  fail(name: string, options: FaultOptions<TOperation> = {}): void {
    this.faults.push({ after: 0, times: Infinity, ...options, name });
  }

  heal(): void {
    this.faults = [];
  }

  /** @throws Error when a request or an answer departed from the model */
  async close(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise(resolve => this.http.close(resolve));
    if (this.violations.length > 0) {
      throw new Error(
        `Departures from ${this.dialect.title}'s model: ${this.violations.join(
          '; ',
        )}`,
      );
    }
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { dialect } = this;
    const [target, operation = ''] = header(request, 'x-amz-target').split('.');
    const [accessKeyId = '', region = ''] =
      signatureOf(request, dialect.signingName) ?? [];
    const body = JSON.parse(await textOf(request));
    if (target !== dialect.target || !dialect.isOperation(operation)) {
      this.violate(response, [
        `${header(request, 'x-amz-target')} is no operation of this endpoint`,
      ]);
      return;
    }
    const call = { operation, request: body, accessKeyId, region };
    this.calls.push(call);
    const violations = [
      ...(accessKeyId
        ? []
        : [`${operation} is not signed for ${dialect.title}`]),
      ...(header(request, 'content-type') === dialect.contentType
        ? []
        : [`${operation} comes as ${header(request, 'content-type')}`]),
      ...deviationsFromModel(operation, 'request', body),
    ];
    if (violations.length > 0) {
      this.violate(response, violations);
      return;
    }
    this.answer(call, this.faultOf(call), response);
  }

  private answer(
    call: Call<TOperation>,
    fault: string | undefined,
    response: ServerResponse,
  ): void {
    const repeat = fault === 'repeated-token';
    if (fault && fault !== 'cut' && !repeat) {
      this.refuse(response, fault, 'As the test demands');
      return;
    }
    let answer: unknown;
    try {
      answer = this.know(call, { repeat });
    } catch (error) {
      this.refuse(response, 'ValidationException', toError(error).message);
      return;
    }
    const violations = deviationsFromModel(call.operation, 'answer', answer);
    if (violations.length > 0) {
      this.violate(response, violations);
      return;
    }
    const text = JSON.stringify(answer);
    response.writeHead(200, {
      'Content-Type': this.dialect.contentType,
      'Content-Length': Buffer.byteLength(text),
    });
    if (fault === 'cut') {
      response.write(text.slice(0, text.length / 2), () => response.destroy());
    } else {
      response.end(text);
    }
  }

  private faultOf({
    operation,
    accessKeyId,
  }: Call<TOperation>): string | undefined {
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
    this.refuse(response, 'EndpointModelViolation', violations.join('; '));
  }

  private refuse(response: ServerResponse, name: string, message: string) {
    const { status, type, headers } = this.dialect.errorOf(name);
    response.writeHead(status, {
      'Content-Type': this.dialect.contentType,
      ...headers,
    });
    response.end(JSON.stringify({ __type: type, message }));
  }
}

/** Who signed a request, and for which region; absent where it is not signed for the service. */
function signatureOf(
  request: IncomingMessage,
  signingName: string,
): string[] | undefined {
  const signed = new RegExp(
    `^AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/([\\w-]+)/${signingName}/aws4_request, SignedHeaders=[^,]+, Signature=[0-9a-f]{64}$`,
  );
  return signed.exec(header(request, 'authorization'))?.slice(1);
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
