import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a fake bucket may be told to do. */
export interface FakeS3 {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** `METHOD key`, or `LIST prefix`, in order. */
  requests: string[];
  /** Keys a page; 2 by default, so that every test pages. */
  pageSize: number;
  /** Operations that are denied. */
  denied: Set<'list' | 'get'>;
  /** What is answered with 403 instead of an object, by key. */
  refused: Map<string, string>;
  /** Bytes that the list keeps quiet about. */
  understates: number;
  /** Every page says that the same one follows. */
  repeatsToken: boolean;
  /** Called before an object is answered; may change the bucket. */
  beforeGet?: (key: string) => void;
  /** Sends half of an object and then nothing. */
  stall: boolean;
  close(): Promise<void>;
}

/** Speaks as much of S3 as reading a bucket needs: ListObjectsV2 with pages, GetObject with If-Match. */
export async function startFakeS3(): Promise<FakeS3> {
  const fake: FakeS3 = {
    endpoint: '',
    objects: new Map(),
    requests: [],
    pageSize: 2,
    denied: new Set(),
    refused: new Map(),
    repeatsToken: false,
    understates: 0,
    stall: false,
    close: async () => {},
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const [, bucket, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const key = rest.join('/');
    if (bucket !== 'bills') {
      fail(response, 404, 'NoSuchBucket');
    } else if (key === '') {
      list(fake, url.searchParams, response);
    } else {
      get(fake, key, request.headers['if-match'], response);
    }
  });
  fake.close = async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  fake.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fake;
}

function list(fake: FakeS3, query: URLSearchParams, response: ServerResponse) {
  const prefix = query.get('prefix') ?? '';
  fake.requests.push(`LIST ${prefix}`);
  if (fake.denied.has('list')) {
    fail(response, 403, 'AccessDenied');
    return;
  }
  const keys = [...fake.objects.keys()]
    .filter(key => key.startsWith(prefix))
    .sort();
  const from = Number(query.get('continuation-token') ?? 0);
  const to = from + fake.pageSize;
  const contents = keys
    .slice(from, to)
    .map(key => {
      const body = fake.objects.get(key) ?? Buffer.alloc(0);
      return `<Contents><Key>${escape(
        key,
      )}</Key><LastModified>2026-11-20T10:00:00.000Z</LastModified><ETag>${escape(
        etagOf(body),
      )}</ETag><Size>${body.length - fake.understates}</Size></Contents>`;
    })
    .join('');
  const more = fake.repeatsToken || to < keys.length;
  const next = more
    ? `<NextContinuationToken>${
        fake.repeatsToken ? 2 : to
      }</NextContinuationToken>`
    : '';
  xml(
    response,
    200,
    `<ListBucketResult><Name>bills</Name><IsTruncated>${
      next !== ''
    }</IsTruncated>${next}${contents}</ListBucketResult>`,
  );
}

function get(
  fake: FakeS3,
  key: string,
  ifMatch: string | undefined,
  response: ServerResponse,
) {
  fake.requests.push(`GET ${key}`);
  fake.beforeGet?.(key);
  const body = fake.objects.get(key);
  const refused = fake.refused.get(key);
  if (refused) {
    fail(response, 403, refused);
  } else if (fake.denied.has('get')) {
    fail(response, 403, 'AccessDenied');
  } else if (!body) {
    fail(response, 404, 'NoSuchKey');
  } else if (ifMatch && ifMatch !== etagOf(body)) {
    fail(response, 412, 'PreconditionFailed');
  } else {
    response.writeHead(200, {
      ETag: etagOf(body),
      'Content-Length': body.length,
    });
    if (fake.stall) {
      response.write(body.subarray(0, body.length / 2));
    } else {
      response.end(body);
    }
  }
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function fail(response: ServerResponse, status: number, code: string) {
  xml(
    response,
    status,
    `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}

function xml(response: ServerResponse, status: number, body: string) {
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}
