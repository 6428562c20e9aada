import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BudgetsPage } from '@plumbline/backstage-plugin-plumbline-common';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import type { PageTools } from './portfolio';

const tab = '/catalog/default/component/payments-api/plumbline';
const entityRef = 'component:default/payments-api';

/** Budgets, what a thousand requests cost, and figures in the reporting currency. */
export function budgetsTests({ open, get }: PageTools): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows budgets, unit cost and converted figures (${theme})`, async () => {
      const response = await get(
        'finops',
        `/api/plumbline/v1/budgets?entityRef=${entityRef}`,
      );
      const { items } = (await response.json()) as BudgetsPage;
      assert.ok(items.length > 1);
      const { page, pageErrors, foreignRequests } = await open('finops', tab, {
        theme,
      });
      // Which budgets are kept depends on the day; that the page says it does not.
      for (const { reason } of items) {
        await page.getByText(reason).first().waitFor();
      }
      const unitCost = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: /^Cost per 1,000/ }) })
        .last();
      await unitCost.locator('svg.recharts-surface').waitFor();
      await unitCost.getByText('The same as a table').click();
      await unitCost
        .getByRole('columnheader', { name: 'requests', exact: true })
        .waitFor();
      await page.getByText(/^≈ €[\d,.]+ converted/).waitFor();
      await picture(page, `budgets-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }

  it('fits budgets and unit cost on a telephone', async () => {
    const { page } = await open('finops', tab, { width: 400, height: 800 });
    await page.getByRole('heading', { name: 'Budgets' }).waitFor();
    await page.getByRole('heading', { name: /^Cost per 1,000/ }).waitFor();
    await picture(page, 'budgets-narrow');
    assert.ok((await widerThanTheWindow(page)) <= 0);
  });
}
