import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import type { PageTools } from './portfolio';

const route = '/plumbline/reconcile';

/** Bills beside their invoices. */
export function reconcileTests({ open }: Pick<PageTools, 'open'>): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows bills that add up beside their invoices (${theme})`, async () => {
      const { page, pageErrors, foreignRequests } = await open(
        'finops',
        route,
        { theme },
      );
      await page
        .getByText('Entities, shared and unallocated are exactly the bill.')
        .first()
        .waitFor();
      assert.equal(await page.getByText(/away from the bill/).count(), 0);
      await picture(page, `reconcile-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }

  it('tells who may not see everything why there is nothing', async () => {
    const { page } = await open('service-owner', route);
    await page
      .getByRole('heading', { name: 'This needs the right to see all costs' })
      .waitFor();
    await picture(page, 'reconcile-service-owner');
  });

  it('fits the reconcile page on a telephone', async () => {
    const { page } = await open('finops', route, { width: 400, height: 800 });
    await page
      .getByText(/exactly the bill/)
      .first()
      .waitFor();
    await picture(page, 'reconcile-narrow');
    assert.ok((await widerThanTheWindow(page)) <= 0);
  });
}
