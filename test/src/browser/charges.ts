import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accessibilityFaults, picture } from '../lib/pages';
import type { PageTools } from './portfolio';

const route = '/catalog/default/component/checkout-api/plumbline';

/** How a figure comes about, opened from the tab. */
export function chargesTests({ open }: Pick<PageTools, 'open'>): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`opens the charges of a figure (${theme})`, async () => {
      const { page, pageErrors, foreignRequests } = await open(
        'finops',
        route,
        { theme },
      );
      const figure = page.getByRole('button', {
        name: /how the total comes about$/,
      });
      const [amount] = (await figure.first().innerText()).split(',  how');
      await figure.first().click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByRole('grid', { name: 'The rows that the figure adds up' })
        .waitFor();
      await dialog.getByText(amount.trim().split('\n')[0]).first().waitFor();
      await dialog
        .getByText(/select/i)
        .first()
        .waitFor();
      await dialog.evaluate(async () => {
        await Promise.all(
          document.getAnimations().map(({ finished }) => finished),
        );
      });
      await picture(page, `charges-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, '[role=dialog]'), []);

      await page.reload();
      await page
        .getByRole('dialog')
        .getByRole('grid', { name: 'The rows that the figure adds up' })
        .waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }
}
