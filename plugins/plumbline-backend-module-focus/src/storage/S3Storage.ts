import {
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import {
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Location } from '../config';
import { FocusReadError } from '../FocusReadError';
import type { ExportFile, ExportStorage } from './ExportStorage';
import { refused } from './refused';

const IDLE_MS = 30_000;
const MANIFEST_LIMIT = 10_000_000;

/**
 * An export below a prefix of an S3 bucket. Objects are downloaded as they were listed, by their ETag.
 *
 * @internal
 */
export class S3Storage implements ExportStorage {
  static create(
    options: S3Location & {
      credentials: AwsCredentialsManager;
      /** A download that gives no byte for this long is given up; 30 seconds by default. */
      idleMs?: number;
    },
  ): S3Storage {
    return new S3Storage(options);
  }

  readonly location: string;
  private readonly prefix: string;
  private client: Promise<S3Client> | undefined;

  private constructor(
    private readonly options: S3Location & {
      credentials: AwsCredentialsManager;
      idleMs?: number;
    },
  ) {
    // `focus` must not bring in `focus-old/…`.
    this.prefix = options.prefix.replace(/^\/+|\/+$/g, '').replace(/.$/, '$&/');
    this.location = `s3://${options.bucket}/${this.prefix}`;
  }

  async list(signal: AbortSignal): Promise<ExportFile[]> {
    const client = await this.connect();
    const files: ExportFile[] = [];
    let token: string | undefined;
    do {
      const page = await this.explained(
        { right: 's3:ListBucket', place: this.location },
        signal,
        client.send(
          new ListObjectsV2Command({
            Bucket: this.options.bucket,
            Prefix: this.prefix,
            ContinuationToken: token,
          }),
          { abortSignal: signal },
        ),
      );
      for (const object of page.Contents ?? []) {
        if (object.Key && object.ETag && !object.Key.endsWith('/')) {
          files.push({
            name: object.Key.slice(this.prefix.length),
            size: object.Size ?? 0,
            modified: object.LastModified ?? new Date(0),
            version: object.ETag,
          });
        }
      }
      const next = page.NextContinuationToken;
      // It would keep us for ever, and half a list must not pass as the whole.
      if (next && next === token) {
        throw new ServiceUnavailableError(
          `S3 repeats a page of the list of ${this.location}, so its end is not known; the next run lists it again.`,
        );
      }
      token = next;
    } while (token);
    return files;
  }

  async readText(file: ExportFile, signal: AbortSignal): Promise<string> {
    if (file.size > MANIFEST_LIMIT) {
      throw new FocusReadError([
        {
          severity: 'error',
          file: file.name,
          message: `'${file.name}' is larger than a manifest ever is`,
        },
      ]);
    }
    const { Body } = await this.get(file, signal);
    return (await Body?.transformToString()) ?? '';
  }

  async stage(
    file: ExportFile,
    target: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { Body } = await this.get(file, signal);
    if (!(Body instanceof Readable)) {
      throw new Error(`S3 gave no content for '${file.name}'`);
    }
    await pipeline(
      Body,
      chunks => atMost(file, chunks),
      createWriteStream(target, { flags: 'wx' }),
      { signal },
    );
  }

  async verify(): Promise<void> {
    // Each object was fetched by the ETag it was listed with: what lies in the workspace is what was listed.
  }

  private async get(file: ExportFile, signal: AbortSignal) {
    const client = await this.connect();
    try {
      return await this.explained(
        {
          right: 's3:GetObject',
          place: `'${file.name}' in ${this.location}`,
          file: file.name,
        },
        signal,
        client.send(
          new GetObjectCommand({
            Bucket: this.options.bucket,
            Key: this.prefix + file.name,
            IfMatch: file.version,
          }),
          { abortSignal: signal },
        ),
      );
    } catch (error) {
      const status = statusOf(error);
      if (status === 412 || status === 404) {
        throw new FocusReadError(
          [
            {
              severity: 'error',
              file: file.name,
              message: `'${file.name}' ${
                status === 412 ? 'changed' : 'vanished'
              } while it was read; it is read again on the next run`,
            },
          ],
          error,
        );
      }
      throw error;
    }
  }

  private async connect(): Promise<S3Client> {
    this.client ??= this.createClient();
    return this.client;
  }

  private async createClient(): Promise<S3Client> {
    const {
      accountId,
      credentials,
      endpoint,
      region,
      idleMs = IDLE_MS,
    } = this.options;
    const provider = await credentials.getCredentialProvider({ accountId });
    return new S3Client({
      credentials: provider.sdkCredentialProvider,
      region,
      endpoint,
      // A host of one's own has no name for each bucket.
      forcePathStyle: endpoint !== undefined,
      requestHandler: {
        connectionTimeout: 10_000,
        requestTimeout: idleMs,
        throwOnRequestTimeout: true,
        socketTimeout: idleMs,
      },
    });
  }

  /** Says which right is missing where the service only says no. */
  private async explained<T>(
    asked: { right: string; place: string; file?: string },
    signal: AbortSignal,
    request: Promise<T>,
  ): Promise<T> {
    try {
      return await request;
    } catch (error) {
      signal.throwIfAborted();
      const name = error instanceof S3ServiceException ? error.name : '';
      if (name === 'NoSuchBucket') {
        throw new NotFoundError(
          `There is no bucket '${this.options.bucket}'. Check 's3.bucket' of the export.`,
          error,
        );
      }
      if (statusOf(error) === 403) {
        throw refused(asked, name, toError(error).message, error);
      }
      throw error;
    }
  }
}

/** A service that sends more than it listed would fill the disk. */
async function* atMost(
  file: ExportFile,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > file.size) {
      throw new FocusReadError([
        {
          severity: 'error',
          file: file.name,
          message: `'${file.name}' is larger than S3 listed it; it is read again on the next run`,
        },
      ]);
    }
    yield chunk;
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException
    ? error.$metadata.httpStatusCode
    : undefined;
}
