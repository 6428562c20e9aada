import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type {
  Statement,
  StatementMonths,
} from '@plumbline/backstage-plugin-plumbline-common';
import Decimal from 'decimal.js';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import { until } from '../lib/portal';
import type { PageTools } from './portfolio';

const route = '/plumbline/statements';
const api = '/api/plumbline/v1/statements';

/** Closed months as people see them. */
export function statementsTests({ open, get }: PageTools): void {
  /** The last month that is closed; the demo closes what was over a minute after its first start. */
  async function closedMonth(): Promise<string> {
    let month: string | undefined;
    await until(
      async () => {
        const { items } = (await (
          await get('finops', api)
        ).json()) as StatementMonths;
        month = items.find(({ state }) => state === 'closed')?.month;
        return month !== undefined;
      },
      240_000,
      'a month is closed',
    );
    return month!;
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`leads from the months to the statement of one (${theme})`, async () => {
      const month = await closedMonth();
      const { page, pageErrors, foreignRequests } = await open(
        'finops',
        route,
        { theme },
      );
      const months = page.getByRole('grid', { name: 'Billing months' });
      await months.waitFor();
      await picture(page, `statements-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      await months.locator(`a[href*="${month}"]`).first().click();
      await page
        .getByRole('grid', { name: /^Statement by .* in USD$/ })
        .waitFor();
      await picture(page, `statement-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      const address = page.url();
      await page.reload();
      await page
        .getByRole('grid', { name: /^Statement by .* in USD$/ })
        .waitFor();
      assert.equal(page.url(), address);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }

  it('saves a statement that adds up', async () => {
    const month = await closedMonth();
    const { page } = await open('finops', `${route}/${month}`);
    const saving = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^Statement of .* as CSV$/ })
      .click();
    const file = await (await saving).path();
    const [header, ...lines] = (await readFile(file, 'utf8'))
      .replace('\ufeff', '')
      .trimEnd()
      .split(/\r?\n/)
      .map(line => line.split(','));
    const { totals } = (await (
      await get('finops', `${api}/${month}?by=entity`)
    ).json()) as Statement;
    // Nothing in front of these columns holds a comma.
    const currency = header.indexOf('BillingCurrency');
    const billed = header.indexOf('BilledCost');
    for (const total of totals) {
      const sum = Decimal.sum(
        0,
        ...lines
          .filter(line => line[currency] === total.currency)
          .map(line => line[billed]),
      );
      assert.equal(sum.toFixed(), new Decimal(total.billed).toFixed());
    }
  });

  it('states to an owner their own, and how much is left out', async () => {
    const month = await closedMonth();
    const { page } = await open('service-owner', `${route}/${month}`);
    await page.getByText(/entities are left out/).waitFor();
    await picture(page, 'statement-service-owner');
    const rows = page.getByRole('row');
    await rows.filter({ hasText: /payments/i }).waitFor();
    // The heading, and the row of the one team.
    assert.equal(await rows.count(), 2);
  });

  it('fits statements on a telephone', async () => {
    const month = await closedMonth();
    const { page } = await open('finops', `${route}/${month}`, {
      width: 400,
      height: 800,
    });
    await page
      .getByRole('grid', { name: /^Statement by .* in USD$/ })
      .waitFor();
    await picture(page, 'statement-narrow');
    assert.ok((await widerThanTheWindow(page)) <= 0);
  });
}
