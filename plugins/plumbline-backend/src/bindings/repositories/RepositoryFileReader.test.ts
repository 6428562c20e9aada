import { Readable } from 'node:stream';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { applyMigrations, PlumblineDatabase } from '../../database';
import { databases } from '../__testUtils__/BindingsFixture';
import { RepositoryFileReader } from './RepositoryFileReader';
import { hashOf, RepositoryFileStore } from './RepositoryFileStore';
import { RepositoryLocator } from './RepositoryLocator';

jest.setTimeout(60_000);

const place = { host: 'github.com', repository: 'acme/shop' };

describe('RepositoryFileReader', () => {
  async function create(readUrl: UrlReaderService['readUrl']) {
    const knex = await databases.init('SQLITE_3');
    await applyMigrations(knex);
    const database = PlumblineDatabase.fromKnex(knex);
    const reader = RepositoryFileReader.create({
      database,
      urlReader: mockServices.urlReader.mock({ readUrl }),
      locator: RepositoryLocator.fromConfig(new ConfigReader({})),
      logger: mockServices.logger.mock(),
      timeoutMs: 50,
    });
    const stored = async () =>
      (await RepositoryFileStore.create({ database }).list()).get(
        hashOf('github.com/acme/shop'),
      );
    return { reader, stored };
  }

  it('gives up on a host that does not answer, and on one that minds no signal', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { reader, stored } = await create((_url, options) => {
      signals.push(options?.signal);
      return new Promise(() => {});
    });
    expect(await reader.readDue([place])).toBe(true);
    expect((await stored())?.problem).toContain('could not be read');
    expect(signals.map(signal => signal?.aborted)).toEqual([true]);
  });

  it('stops reading a stream that never ends', async () => {
    let chunks = 0;
    const { reader, stored } = await create(async () => ({
      buffer: async () => Buffer.alloc(0),
      stream: () =>
        new Readable({
          read() {
            chunks += 1;
            this.push(Buffer.alloc(64 * 1024, '#'));
          },
        }),
    }));
    await reader.readDue([place]);
    expect((await stored())?.problem).toContain('larger than 256 kB');
    expect(chunks).toBeLessThan(12);
  });

  it('asks few at once and forgets what nobody claims any more', async () => {
    let atWork = 0;
    let most = 0;
    const { reader, stored } = await create(async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise(resolve => setTimeout(resolve, 5));
      atWork -= 1;
      return { buffer: async () => Buffer.from('version: 1\n') };
    });
    const many = Array.from({ length: 20 }, (_, index) => ({
      host: 'github.com',
      repository: `acme/r${index}`,
    }));
    await reader.readDue([place, ...many]);
    expect(most).toBe(4);
    expect(await stored()).toMatchObject({ assignments: {} });
    expect(await reader.readDue(many)).toBe(true);
    expect(await stored()).toBeUndefined();
  });
});
