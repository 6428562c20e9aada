import { join } from 'path';
import { exportBilling } from './exportBilling';
import { ExportReader, temporaryFolder } from './testing';

jest.setTimeout(60_000);

/** What `docs/cost.md` follows by hand: whoever changes a figure here changes it there. */
describe('the figures of October 2026 that the documentation tells', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let reader: ExportReader;

  beforeAll(async () => {
    folder = await temporaryFolder();
    // As on 26 November 2026: the export ends on the day before.
    const { directory } = await exportBilling({
      directory: join(folder.path, 'documented'),
      end: '2026-11-25',
    });
    reader = await ExportReader.create(directory);
  });

  afterAll(async () => {
    reader.close();
    await folder.remove();
  });

  // The statement has them in nanos: 137.153947126 and 377.175482293.
  it('bills as much as the statement says, by provider and currency', async () => {
    const bills = await reader.rows(`
      SELECT provider, currency, sum(billed)::VARCHAR AS billed FROM bill
      WHERE month = '2026-10' GROUP BY ALL ORDER BY ALL`);
    expect(bills).toEqual([
      { provider: 'aws', currency: 'EUR', billed: '157.6683573705' },
      { provider: 'aws', currency: 'USD', billed: '10663.5729156027' },
      { provider: 'azure', currency: 'USD', billed: '137.1539471257' },
      { provider: 'gcp', currency: 'USD', billed: '377.1754822933' },
    ]);
  });

  it('charges checkout-api for its functions and log groups', async () => {
    const [charges] = await reader.rows(`
      SELECT count(*)::INTEGER AS lines, round(sum(effective), 9)::DECIMAL(30, 9)::VARCHAR AS effective
      FROM bill
      WHERE provider = 'aws' AND currency = 'USD' AND date BETWEEN '2026-10-01' AND '2026-10-31'
        AND (resource LIKE '%:function:checkout-api-%' OR resource LIKE '%:log-group:/aws/lambda/checkout-api-%')`);
    expect(charges).toEqual({ lines: 434, effective: '72.555486022' });
  });

  it('has in one function’s day the two lines that the walk begins with', async () => {
    const lines = await reader.rows(`
      SELECT description, effective::VARCHAR AS effective FROM bill
      WHERE resource = 'arn:aws:lambda:eu-central-1:418273950162:function:checkout-api-prod'
        AND date = '2026-10-13' ORDER BY effective`);
    expect(lines).toEqual([
      {
        description: 'AWS Lambda - Total Requests',
        effective: '0.0927622000',
      },
      {
        description: 'AWS Lambda - Total Compute on ARM',
        effective: '0.9570549024',
      },
    ]);
  });

  it('has the tax and support that are spread, and the usage they are spread by', async () => {
    const [parts] = await reader.rows(`
      SELECT
        sum(effective) FILTER (category = 'Tax')::VARCHAR AS tax,
        sum(effective) FILTER (service ILIKE '%support%')::VARCHAR AS support,
        round(sum(effective) FILTER (category = 'Usage' AND class IS NULL
          AND commitment IS DISTINCT FROM 'Unused'), 9)::DECIMAL(30, 9)::VARCHAR AS usage
      FROM bill WHERE provider = 'aws' AND currency = 'USD' AND month = '2026-10'`);
    expect(parts).toEqual({
      tax: '581.9827074695',
      support: '916.5082007394',
      usage: '8940.202965946',
    });
  });
});
