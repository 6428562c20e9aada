import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../lib/browser';
import { exportBilling } from '../lib/exportBilling';
import { Portal, startPortal, until } from '../lib/portal';
import { createFreshPortal, PORTS } from './freshPortal';

/**
 * Plumbline as its users get it: packed packages, added by the README's lines to a portal that Backstage's own
 * `create-app` has just made, and looked at in Chromium. `PLUMBLINE_SCREENSHOTS=<dir>` keeps pictures.
 */

const url = `http://localhost:${PORTS.app}`;

let folder: string;
let portal: Portal;
let browser: Browser;
let page: Page;

async function picture(name: string) {
  const screenshots = process.env.PLUMBLINE_SCREENSHOTS;
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `packed-${name}.png`) });
}

/** Opens a page as the guest, whom a portal asks until it remembers. */
async function open(route: string) {
  await page.goto(`${url}${route}`);
  const enter = page.getByRole('button', { name: 'Enter' });
  const inside = page.getByRole('link', { name: 'Catalog', exact: true });
  await enter.or(inside).first().waitFor();
  if (await enter.isVisible()) {
    await enter.click();
  }
}

describe('a portal fresh from create-app', { timeout: 1_800_000 }, () => {
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'plumbline-packed-'));
    const billing = path.join(folder, 'billing');
    exportBilling(billing);
    const fresh = createFreshPortal({ folder, billing });
    portal = await startPortal({
      command: 'yarn',
      args: ['start'],
      cwd: fresh.portal,
      env: fresh.env,
      // The back end; the front end's own server comes up beside it.
      url: `http://localhost:${PORTS.backend}`,
      timeoutMs: 300_000,
    });
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(60_000);
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the cost card of an entity, with figures', async () => {
    const figure = page.getByText(/^\$[\d,.]+$/).first();
    try {
      // The catalog and the bill are read in the background.
      await until(
        async () => {
          await open('/catalog/default/component/payments-api');
          await page
            .getByRole('heading', { name: 'Cost', exact: true })
            .waitFor({ timeout: 20_000 });
          await figure.waitFor({ timeout: 10_000 });
          return true;
        },
        300_000,
        'the card has figures',
      );
    } finally {
      await picture('card');
    }
  });

  it('shows the Plumbline tab', async () => {
    await open('/catalog/default/component/payments-api/plumbline');
    try {
      await page.getByRole('table').first().waitFor();
    } finally {
      await picture('tab');
    }
  });

  it('shows the portfolio', async () => {
    await open('/plumbline');
    try {
      await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
      await page
        .getByRole('row', { name: /guests/ })
        .first()
        .waitFor();
    } finally {
      await picture('portfolio');
    }
  });
});
