import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { Coverage } from '@plumbline/backstage-plugin-plumbline-common';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import { until } from '../lib/portal';
import type { PageTools } from './portfolio';

const route = '/plumbline/setup';

const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:payments-api-eu';
const suggested = {
  resource: { provider: 'AWS', accountId: '111122223333', id: arn },
  confidence: 'name',
  reason: 'Its name, payments-api-eu, holds the name payments-api.',
  annotation: { key: 'aws.amazon.com/arn', value: arn },
};
const suggestions = {
  items: [
    {
      ...suggested,
      id: '1',
      entityRef: 'component:default/payments-api',
      ambiguous: false,
    },
    {
      ...suggested,
      id: '2',
      resource: { ...suggested.resource, id: `${arn}-2` },
      entityRef: 'component:default/fraud-check',
      ambiguous: true,
    },
  ],
  hidden: 0,
  amountsVisible: false,
  counts: [{ confidence: 'name', count: 2 }],
  accounts: [{ provider: 'AWS', accountId: '111122223333', count: 2 }],
};
const diff = `diff --git a/catalog-info.yaml b/catalog-info.yaml
--- a/catalog-info.yaml
+++ b/catalog-info.yaml
@@ -2,3 +2,5 @@
 metadata:
   name: payments-api
+  annotations:
+    aws.amazon.com/arn: ${arn}
 spec:
`;
const proposal = {
  patches: [
    {
      host: 'github.com',
      repository: 'larkspur/payments',
      branch: 'main',
      files: [
        {
          path: 'catalog-info.yaml',
          url: 'https://github.com/larkspur/payments/blob/main/catalog-info.yaml',
          diff,
          entityRefs: ['component:default/payments-api'],
          suggestionIds: ['1'],
        },
      ],
      patch: diff,
    },
  ],
  byHand: [
    {
      entityRef: 'component:default/fraud-check',
      suggestionIds: ['2'],
      reason: 'The file is not there any more.',
      lines: `metadata:\n  annotations:\n    aws.amazon.com/arn: ${arn}-2\n`,
    },
  ],
  gone: ['7'],
};

/** The setup page as administrators see it, and nobody else. */
export function setupTests({ open, get }: PageTools): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows what is set up (${theme})`, async () => {
      await until(
        async () => {
          const response = await get('platform', '/api/plumbline/v1/coverage');
          return ((await response.json()) as Coverage).accounts.length > 0;
        },
        180_000,
        'the coverage is worked out',
      );
      const { page, pageErrors, foreignRequests } = await open(
        'platform',
        route,
        { theme },
      );
      await page.getByRole('heading', { name: 'AWS data export' }).waitFor();
      await page.getByRole('group', { name: 'Coverage by account' }).waitFor();
      await page.getByText(/Compared /).waitFor();
      await picture(page, `setup-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }

  it('shows no amount to an administrator who may not read every cost', async () => {
    const { page } = await open('platform', route);
    await page.getByText(/You see counts of resources, not amounts/).waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /[$€]\s?\d/);
  });

  it('pauses a source and lets it go on', async () => {
    const { page } = await open('platform', route);
    const name = 'Azure cost export';
    await page.getByRole('button', { name: `Pause ${name}` }).click();
    await page.getByText(/^Paused since/).waitFor();
    await page.reload();
    await page.getByText(/^Paused since/).waitFor();
    await page.getByRole('button', { name: `Resume ${name}` }).click();
    await page.getByRole('button', { name: `Pause ${name}` }).waitFor();
    assert.equal(await page.getByText(/^Paused since/).count(), 0);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`shows the change for what is selected by keyboard (${theme})`, async () => {
      // Nothing of the demo company is like an entity that does not have it already: the answers are made up.
      const { page } = await open('platform', '/plumbline', { theme });
      await page.route('**/v1/binding-suggestions*', answer =>
        answer.fulfill({ json: suggestions }),
      );
      await page.route('**/v1/binding-proposals/preview', answer =>
        answer.fulfill({ json: proposal }),
      );
      await page.getByRole('tab', { name: 'Setup' }).click();
      const select = page.getByRole('button', {
        name: 'Select all that are clear',
      });
      await select.waitFor();
      await select.focus();
      await page.keyboard.press('Enter');
      const show = page.getByRole('button', {
        name: 'Show the change for 1 suggestion',
      });
      await show.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'The change' }).waitFor();
      await picture(page, `setup-change-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: /^Download the patch/ }).click();
      const file = await (await saving).path();
      assert.equal(await readFile(file, 'utf8'), proposal.patches[0].patch);
      await page.setViewportSize({ width: 400, height: 800 });
      await page.waitForFunction(
        () => document.documentElement.scrollWidth <= window.innerWidth,
      );
      await picture(page, `setup-change-narrow-${theme}`);
    });
  }

  it('leads everybody else back', async () => {
    const { page } = await open('service-owner', route);
    await page.waitForURL(/\/plumbline$/);
    assert.equal(await page.getByRole('tab', { name: 'Setup' }).count(), 0);
  });

  it('fits the setup page on a telephone', async () => {
    const { page } = await open('platform', route, { width: 400, height: 800 });
    await page.getByRole('group', { name: 'Coverage by account' }).waitFor();
    assert.ok((await widerThanTheWindow(page)) <= 0);
    await picture(page, 'setup-narrow');
  });
}
