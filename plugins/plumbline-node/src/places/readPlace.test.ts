import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { nameOfPlace, readPlace, toUrlPlace, type Place } from '.';

const KB = 1024;

const read = (
  place: Place,
  urlReader: UrlReaderService = mockServices.urlReader.mock(),
  signal = new AbortController().signal,
) =>
  readPlace(place, {
    urlReader,
    maxBytes: 64 * KB,
    advice: 'cut it',
    signal,
  });

describe('a file on this machine', () => {
  async function fileOf(bytes: number) {
    const path = join(await mkdtemp(join(tmpdir(), 'place-')), 'a.csv');
    await writeFile(path, 'é'.repeat(bytes / 2));
    return { path };
  }

  it('is read as UTF-8, up to the limit', async () => {
    expect(await read(await fileOf(64 * KB))).toBe('é'.repeat(32 * KB));
    const larger = await fileOf(64 * KB + 2);
    await expect(read(larger)).rejects.toThrow(
      `${larger.path} is larger than 0.0625 MB and is not read; cut it`,
    );
    await expect(read({ path: '/nowhere.csv' })).rejects.toThrow('ENOENT');
  });
});

describe('a file at a URL', () => {
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  const hostOf = ({ port } = server.address() as AddressInfo) =>
    `127.0.0.1:${port}`;
  const backstage = () =>
    UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig({
        data: { backend: { reading: { allow: [{ host: hostOf() }] } } },
      }),
    });
  const place = () => ({ url: `http://${hostOf()}/a.csv?sig=hush` });

  it('is read, and called by host and path', async () => {
    answer = (_, response) => response.end('one,two');
    expect(await read(place(), backstage())).toBe('one,two');
    expect(nameOfPlace(place())).toBe(`${hostOf()}/a.csv`);
  });

  it('is given up as soon as it is too large, however much would follow', async () => {
    let end: () => void;
    const ended = new Promise<void>(done => {
      end = done;
    });
    answer = (_, response) => {
      const endless = Readable.from(
        (function* chunks() {
          for (;;) {
            yield Buffer.alloc(KB);
          }
        })(),
      );
      response.on('close', () => {
        endless.destroy();
        end();
      });
      endless.pipe(response);
    };
    await expect(read(place(), backstage())).rejects.toThrow(
      `${hostOf()}/a.csv is larger than 0.0625 MB and is not read; cut it`,
    );
    await ended;
  });

  it('is measured where a reader gives all of it at once', async () => {
    const whole = mockServices.urlReader.mock({
      readUrl: async () => ({ buffer: async () => Buffer.alloc(65 * KB) }),
    });
    await expect(read(place(), whole)).rejects.toThrow('larger than');
  });

  it.each([
    [404, 'NotFoundError'],
    [500, 'ServiceUnavailableError'],
  ])('keeps its query to itself when it answers %s', async (status, name) => {
    answer = (_, response) => response.writeHead(status).end();
    const error = await read(place(), backstage()).catch(reason => reason);
    expect(error.name).toBe(name);
    expect(error.message).toContain(`${hostOf()}/a.csv could not be read: `);
    expect(error.message).toContain(String(status));
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('hush');
    expect(error.cause).toBeUndefined();
  });

  it('is not looked for on another host, wherever it redirects', async () => {
    const asked: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      asked.push(request.url);
      response.end('secret of the network');
    });
    await new Promise<void>(done => other.listen(0, '127.0.0.1', done));
    const elsewhere = hostOf(other.address() as AddressInfo);
    answer = (_, response) =>
      response
        .writeHead(302, { location: `http://${elsewhere}/?sig=hush` })
        .end();
    const error = await read(place(), backstage()).catch(reason => reason);
    expect(error.message).toContain('not allowed');
    expect(error.message).not.toContain('hush');
    expect(asked).toEqual([]);
    await new Promise(done => other.close(done));
  });

  it('is waited for no longer than the signal says, whether the reader minds it or not', async () => {
    const stop = new AbortController();
    const never = mockServices.urlReader.mock({
      readUrl: () => new Promise(() => {}),
    });
    const reading = read(place(), never, stop.signal);
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});

it.each([
  ['https://user@x/a', 'k holds a user or a password'],
  ['https://:hush@x/a', 'k holds a user or a password'],
  ['file:///etc/passwd', 'k is no URL such as'],
  ['hush', 'k is no URL such as'],
])('does not take %s as a URL, and does not repeat it', (text, message) => {
  expect(() => toUrlPlace(text, 'k')).toThrow(message);
  expect(() => toUrlPlace(text, 'k')).not.toThrow('hush');
});
