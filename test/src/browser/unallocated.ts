import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import type { PageTools } from './portfolio';

const route = '/plumbline/unallocated';
const grid = (page: Page, title: string) =>
  page.getByRole('grid', {
    name: `Unallocated cost by ${title.toLowerCase()} in USD`,
  });

/** What nobody has claimed, as people see it. */
export function unallocatedTests({ open }: Pick<PageTools, 'open'>): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`leads from what nobody has claimed down to a resource (${theme})`, async () => {
      const { page, pageErrors, foreignRequests } = await open(
        'finops',
        route,
        { theme },
      );
      await grid(page, 'Account').waitFor();
      await picture(page, `unallocated-accounts-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      for (const title of ['Account', 'Service', 'Tag']) {
        await grid(page, title).getByRole('link').first().click();
      }
      const resources = grid(page, 'Resource');
      await resources.waitFor();
      assert.match(page.url(), /account=.*service=.*tag=/);
      await resources.locator('label').first().click();
      await picture(page, `unallocated-resources-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      await page.getByRole('button', { name: /^This is ours/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/You claim/).waitFor();
      // It fades in.
      await dialog.evaluate(async () => {
        await Promise.all(
          document.getAnimations().map(({ finished }) => finished),
        );
      });
      await picture(page, `unallocated-claim-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, '[role=dialog]'), []);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }

  it('shows unused commitments among what is shared', async () => {
    const { page } = await open('finops', `${route}?bucket=shared`);
    await page
      .getByRole('grid', { name: 'Shared cost by charge category in USD' })
      .waitFor();
    await picture(page, 'unallocated-shared');
  });

  it('keeps what nobody has claimed within a telephone', async () => {
    const { page } = await open('finops', route, { width: 400, height: 800 });
    await grid(page, 'Account').waitFor();
    assert.ok((await widerThanTheWindow(page)) <= 0);
    await picture(page, 'unallocated-narrow');
  });

  it('keeps what nobody has claimed from who may not see it', async () => {
    const { page } = await open('security', route);
    await page.getByText('Not visible to you').waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /\$\d/);
    await picture(page, 'unallocated-as-security');
  });
}
