import {
  AuthenticationError,
  InputError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { z } from 'zod';
import type { PrometheusConfig } from '../config';

const MAX_BYTES = 64 * 1024 * 1024;

const LASTING = ['InputError', 'NotAllowedError', 'AuthenticationError'];

const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({
          metric: z.record(z.string(), z.string()),
          values: z.array(z.tuple([z.number(), z.string()])),
        }),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

/** One line of an answer. @internal */
export interface PrometheusSeries {
  metric: Record<string, string>;
  /** Seconds since 1970-01-01, and the value as text. */
  values: [number, string][];
}

/** A query, and when to evaluate it; both ends inclusive, in seconds. @internal */
export interface QueryRange {
  query: string;
  start: number;
  end: number;
  step: number;
}

/** @internal */
export type PrometheusClientOptions = Pick<
  PrometheusConfig,
  'baseUrl' | 'token' | 'timeoutMs'
> & { retryDelayMs?: number };

/**
 * Asks the configured server, and no other: a redirect is refused.
 *
 * @internal
 */
export class PrometheusClient {
  static create(options: PrometheusClientOptions): PrometheusClient {
    return new PrometheusClient(options);
  }

  private constructor(private readonly options: PrometheusClientOptions) {}

  /**
   * @throws InputError when the server does not take the query, or is none
   * @throws NotAllowedError or AuthenticationError when it lets nobody in
   */
  async queryRange(
    range: QueryRange,
    signal: AbortSignal,
  ): Promise<PrometheusSeries[]> {
    const policy = retry(
      handleWhen(
        error =>
          !signal.aborted && !(isError(error) && LASTING.includes(error.name)),
      ),
      {
        maxAttempts: 2,
        backoff: new ExponentialBackoff({
          initialDelay: this.options.retryDelayMs ?? 1_000,
        }),
      },
    );
    return policy.execute(() => this.ask(range, signal), signal);
  }

  private async ask(
    range: QueryRange,
    stopped: AbortSignal,
  ): Promise<PrometheusSeries[]> {
    const { baseUrl, token, timeoutMs } = this.options;
    const url = new URL('api/v1/query_range', baseUrl);
    for (const [name, value] of Object.entries(range)) {
      url.searchParams.set(name, String(value));
    }
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]),
        headers: {
          accept: 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
      });
      text = await textOf(response);
    } catch (error) {
      stopped.throwIfAborted();
      if (isError(error) && error.name === 'InputError') {
        throw error;
      }
      throw new ServiceUnavailableError(
        `${baseUrl.host} did not answer within ${timeoutMs} ms, or not at all`,
        error,
      );
    }
    return seriesOf(response.status, text, baseUrl.host);
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new InputError(
        `An answer is larger than ${
          MAX_BYTES / 1024 / 1024
        } MB; add the series up in the query, by the entity's label only`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function seriesOf(
  status: number,
  text: string,
  host: string,
): PrometheusSeries[] {
  if (status === 401) {
    throw new AuthenticationError(
      `${host} does not accept the token; set another one`,
    );
  }
  if (status === 403) {
    throw new NotAllowedError(
      `${host} does not let the token query metrics; grant it that`,
    );
  }
  if (status >= 300 && status < 400) {
    throw new InputError(
      `${host} redirects elsewhere, which is not followed; set baseUrl to where it leads`,
    );
  }
  const answer = answerSchema.safeParse(jsonOf(text)).data;
  if (answer?.status === 'error' && status < 500) {
    throw new InputError(`${host} answered: ${answer.error.slice(0, 300)}`);
  }
  if (status !== 200) {
    throw new ServiceUnavailableError(`${host} answered with status ${status}`);
  }
  if (answer?.status !== 'success') {
    throw new InputError(
      `${host} answers in another way than Prometheus does; is baseUrl right?`,
    );
  }
  return answer.data.result;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON does not fit the schema either, which is what the caller says.
    return undefined;
  }
}
