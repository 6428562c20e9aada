import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ConflictError } from '@backstage/errors';
import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import type { Place } from '@plumbline/backstage-plugin-plumbline-node';
import {
  applyMigrations,
  dayFromText,
  nanosToDecimal,
  PlumblineDatabase,
} from '../../database';
import { Converter } from './Converter';
import { Converters } from './Converters';
import { parseRates } from './parseRates';
import { RateTable } from './RateTable';
import { RatesStatusReader } from './RatesStatusReader';
import { RatesTask } from './RatesTask';
import { readCurrency } from './readCurrency';
import type { ExchangeRate } from './types';

jest.setTimeout(60_000);

const day = dayFromText;
const rate = (
  from: string,
  to: string,
  date: string,
  value: string,
): ExchangeRate => ({ from, to, day: day(date), rate: value });

const window = { from: day('2026-10-01'), to: day('2026-11-01') };

describe('converting', () => {
  const converter = (...rates: ExchangeRate[]) =>
    new Converter(RateTable.of('EUR', rates), 7);
  const usd = (amounts: Record<string, bigint>) => ({
    currency: 'USD',
    daily: new Map(
      Object.entries(amounts).map(([date, nanos]) => [day(date), nanos]),
    ),
  });

  it('takes the latest rate on or before each day, and rounds once', () => {
    const converted = converter(
      rate('USD', 'EUR', '2026-09-30', '0.9'),
      rate('USD', 'EUR', '2026-10-02', '0.333333333333333333'),
    ).convert(
      [
        usd({
          '2026-09-30': 5n,
          '2026-10-01': 1_000_000_000n,
          '2026-10-02': 1n,
          '2026-10-03': 1n,
          '2026-11-01': 7n,
        }),
        { currency: 'EUR', daily: new Map([[window.from, 2_000_000_000n]]) },
      ],
      window,
      { count: 31, indexOfDay: at => at - window.from },
    );
    expect(converted).toMatchObject({
      currency: 'EUR',
      // 0.9 + 2 + 2 × 0.33…: two thirds of a nano are one, once.
      total: '2.900000001',
      rates: [{ currency: 'USD', oldest: '2026-09-30', newest: '2026-10-02' }],
      stale: false,
      lacks: [],
    });
    expect(converted.amounts.slice(0, 3)).toEqual(['2.9', '0', '0']);
  });

  it('turns a rate round, and prefers the one that leads to the currency', () => {
    const given = [usd({ '2026-10-05': 3_000_000_000n })];
    const round = rate('EUR', 'USD', '2026-10-05', '1.5');
    expect(converter(round).convert(given, window).total).toBe('2');
    expect(
      converter(round, rate('USD', 'EUR', '2026-10-05', '0.5')).convert(
        given,
        window,
      ).total,
    ).toBe('1.5');
  });

  it('leaves a currency out as a whole that lacks a rate for a day, and names it', () => {
    const rates = [rate('USD', 'EUR', '2026-10-02', '0.9')];
    expect(
      converter(...rates).convert(
        [
          usd({ '2026-10-01': 1n, '2026-10-02': 1_000_000_000n }),
          { currency: 'GBP', daily: new Map([[window.from, 1n]]) },
          { currency: 'EUR', daily: new Map([[window.from, 500_000_000n]]) },
        ],
        window,
      ),
    ).toMatchObject({ total: '0.5', lacks: ['USD', 'GBP'], rates: [] });
  });

  it('marks a rate that is much older than the charge', () => {
    const rates = [rate('USD', 'EUR', '2026-10-01', '0.9')];
    const stale = (date: string) =>
      converter(...rates).convert([usd({ [date]: 1n })], window).stale;
    expect(stale('2026-10-08')).toBe(false);
    expect(stale('2026-10-09')).toBe(true);
  });

  it('has nothing to convert where all is in the reporting currency', () => {
    expect(converter().concerns([{ currency: 'EUR' }])).toBe(false);
    expect(converter().concerns([{ currency: 'EUR' }, usd({})])).toBe(true);
  });

  it('is off by half a nano at most, whatever the amounts', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 30 }),
            fc.bigInt(-(10n ** 15n), 10n ** 15n),
          ),
        ),
        fc.integer({ min: 1, max: 10_000_000 }),
        (amounts, millionths) => {
          const text = new Decimal(millionths).div(1_000_000).toFixed();
          const daily = new Map(
            amounts.map(([offset, nanos]) => [window.from + offset, nanos]),
          );
          const { total } = converter(
            rate('USD', 'EUR', '2026-09-01', text),
          ).convert([{ currency: 'USD', daily }], window);
          const sum = [...daily.values()].reduce((a, b) => a + b, 0n);
          const exact = new Decimal(nanosToDecimal(sum)).times(text);
          expect(exact.minus(total).abs().lte('5e-10')).toBe(true);
        },
      ),
    );
  });
});

describe('rates', () => {
  const read = (currency: object) =>
    readCurrency(new ConfigReader({ plumbline: { currency } } as object));
  const one = { date: '2026-10-01', from: 'USD', to: 'EUR', rate: '0.9234' };

  it('come from the configuration', () => {
    expect(readCurrency(new ConfigReader({}))).toBeUndefined();
    expect(read({ reporting: 'EUR', rates: [one] })).toEqual({
      reporting: 'EUR',
      rates: [rate('USD', 'EUR', '2026-10-01', '0.9234')],
      staleAfterDays: 7,
    });
  });

  it('come from a file on this machine or at a URL', () => {
    const placeOf = (ratesFile: string) =>
      read({ reporting: 'EUR', ratesFile })?.ratesFile;
    expect(placeOf('/data/rates.csv')).toEqual({ path: '/data/rates.csv' });
    expect(placeOf('https://rates.example/r.csv?v=1')).toEqual({
      url: 'https://rates.example/r.csv?v=1',
    });
  });

  it.each<[string, object]>([
    [
      'plumbline.currency.ratesFile holds a user or a password; take them out',
      { reporting: 'EUR', ratesFile: 'https://:hush@rates.example/r.csv' },
    ],
    ['plumbline.currency has no rates', { reporting: 'EUR' }],
    [
      "plumbline.currency.reporting is 'eur'",
      { reporting: 'eur', rates: [one] },
    ],
    [
      "plumbline.currency.rates[0].rate is '0'",
      { reporting: 'EUR', rates: [{ ...one, rate: 0 }] },
    ],
    [
      "plumbline.currency.rates[0].date is '1 Oct'; write a day as '2026-10-01'",
      { reporting: 'EUR', rates: [{ ...one, date: '1 Oct' }] },
    ],
    [
      'plumbline.currency.rates[0].to is USD, like plumbline.currency.rates[0].from',
      { reporting: 'EUR', rates: [{ ...one, to: 'USD' }] },
    ],
    [
      'plumbline.currency.staleAfterDays is 0.5',
      { reporting: 'EUR', rates: [one], staleAfterDays: 0.5 },
    ],
  ])('are refused: %s', (message, config) => {
    expect(() => read(config)).toThrow(message);
  });

  it('come from a file of ours or the central bank’s', () => {
    expect(
      parseRates('Date,From,To,Rate\n2026-10-01,USD,EUR,0.9234\n', 'r.csv'),
    ).toEqual([rate('USD', 'EUR', '2026-10-01', '0.9234')]);
    expect(
      parseRates(
        '\ufeffDate,USD,ISK,\n2026-10-02,1.08,N/A,\n2026-10-01, 1.07,140.5,\n',
        'ecb.csv',
      ),
    ).toEqual([
      rate('EUR', 'USD', '2026-10-02', '1.08'),
      rate('EUR', 'USD', '2026-10-01', '1.07'),
      rate('EUR', 'ISK', '2026-10-01', '140.5'),
    ]);
  });

  it.each([
    ['a,b\n', 'r.csv, row 1: the columns are'],
    [
      'date,from,to,rate\n2026-10-01,USD,EUR,0.9\n2026-10-02,USD,EUR,x\n',
      "r.csv, row 3, column rate is 'x'",
    ],
    ['date,USD\n2026-10-01,-1\n', "r.csv, row 2, column USD is '-1'"],
    ['date,from,to,rate\n2026-10-01,USD\n', "r.csv, row 2, column to is ''"],
    ['date,"from\n', 'r.csv is no CSV file'],
  ])('names what is wrong in %j', (text, message) => {
    expect(() => parseRates(text, 'r.csv')).toThrow(message);
  });
});

describe.each(
  TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] }).eachSupportedId(),
)('the rates in the database, %s', id => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it('are those of the file and the configuration, and stay where the file cannot be read', async () => {
    const knex = await databases.init(id);
    await applyMigrations(knex);
    const database = PlumblineDatabase.fromKnex(knex);
    const folder = await mkdtemp(join(tmpdir(), 'rates-'));
    const ratesFile = join(folder, 'rates.csv');
    await writeFile(
      ratesFile,
      'date,from,to,rate\n2026-10-01,USD,EUR,0.9\n2026-10-02,USD,EUR,0.8\n',
    );
    const config = {
      reporting: 'EUR',
      rates: [rate('USD', 'EUR', '2026-10-02', '0.7')],
      ratesFile: { path: ratesFile },
      staleAfterDays: 7,
    };
    const logger = mockServices.logger.mock();
    const load = (file: Place, reader = mockServices.urlReader.mock()) =>
      RatesTask.create({
        database,
        config: { ...config, ratesFile: file },
        now: () => new Date('2026-10-03T06:00:00Z'),
        urlReader: reader,
        logger,
      }).load();
    const total = async () => {
      const converter = await Converters.create({ database, config }).get();
      return converter?.convert(
        [
          {
            currency: 'USD',
            daily: new Map([
              [day('2026-10-01'), 1_000_000_000n],
              [day('2026-10-02'), 1_000_000_000n],
            ]),
          },
        ],
        window,
      ).total;
    };
    const status = () =>
      RatesStatusReader.create({ database, config }).getStatus();
    expect(await status()).toEqual({ currency: 'EUR', rates: 0 });
    // Somebody who looked before there were rates does not keep those after them waiting.
    const asked = Converters.create({ database, config });
    const effective = [
      {
        currency: 'USD',
        daily: new Map([[day('2026-10-01'), 1_000_000_000n]]),
      },
    ];
    const early = (await asked.get())!.convert(effective, window);
    expect(early.lacks).toEqual(['USD']);
    await load({ path: ratesFile });
    expect((await asked.get())!.convert(effective, window).total).toBe('0.9');
    expect(await total()).toBe('1.6');
    expect(await status()).toEqual({
      currency: 'EUR',
      rates: 2,
      newest: '2026-10-02',
      readAt: '2026-10-03T06:00:00.000Z',
    });
    await load({ path: join(folder, 'gone.csv') });
    expect(await total()).toBe('1.6');
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('those read before stay'),
    );
    expect(await status()).toMatchObject({
      rates: 2,
      newest: '2026-10-02',
      problem: expect.stringContaining(
        'plumbline.currency.ratesFile could not be read',
      ),
    });
    await load(
      { url: 'https://rates.example/r.csv' },
      mockServices.urlReader.mock({
        readUrl: async () => ({
          buffer: async () =>
            Buffer.from('date,from,to,rate\n2026-10-01,USD,EUR,0.5\n'),
        }),
      }),
    );
    expect(await total()).toBe('1.2');
    expect(await status()).not.toHaveProperty('problem');
    await load(
      { url: 'https://rates.example/r.csv' },
      mockServices.urlReader.mock({
        readUrl: async () => {
          throw new ConflictError('no');
        },
      }),
    );
    expect(await total()).toBe('1.2');
    await load(
      { url: 'https://rates.example/r.csv?sig=hush' },
      mockServices.urlReader.mock({
        readUrl: async url => {
          throw new Error(`could not read ${url}, 403 Forbidden`);
        },
      }),
    );
    expect(logger.error).toHaveBeenLastCalledWith(
      expect.stringContaining(
        'could not read rates.example/r.csv 403 Forbidden',
      ),
    );
    expect(JSON.stringify(jest.mocked(logger.error).mock.calls)).not.toContain(
      'hush',
    );
    expect(JSON.stringify(await status())).not.toContain('hush');
    expect(
      await RatesStatusReader.create({
        database,
        config: undefined,
      }).getStatus(),
    ).toBeUndefined();
    expect(
      await Converters.create({ database, config: undefined }).get(),
    ).toBeUndefined();
  });
});
