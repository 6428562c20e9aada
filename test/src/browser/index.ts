import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EntityOverview } from '@plumbline/backstage-plugin-plumbline-common';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, visit, Visit } from '../lib/browser';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import { budgetsTests } from './budgets';
import { chargesTests } from './charges';
import { portfolioTests, type PageTools } from './portfolio';
import { reconcileTests } from './reconcile';
import { setupTests } from './setup';
import { statementsTests } from './statements';
import { unallocatedTests } from './unallocated';
import { Person, Portal, root, startPortal, until } from '../lib/portal';

/**
 * The demo portal as people see it, in Chromium. Starts the portal by the README's command.
 * `PLUMBLINE_SCREENSHOTS=<dir>` keeps a picture of every page; `PLUMBLINE_PORTAL=<url>` looks at a
 * portal that runs already.
 */

const PORT = 7107;
const component = '/catalog/default/component/payments-api';
const system = '/catalog/default/system/storefront';

let portal: Portal;
let browser: Browser;
const open: Visit[] = [];

/** Its resources are found some seconds after the catalog and the bill are there. */
async function componentHasFigures(): Promise<boolean> {
  const response = await portal.get(
    'finops',
    '/api/plumbline/v1/entities/component/default/payments-api/overview',
  );
  const { cost } = (await response.json()) as Partial<EntityOverview>;
  return (cost?.currencies.length ?? 0) > 0;
}

async function as(
  person: Person,
  route: string,
  options: Parameters<typeof visit>[3] = {},
): Promise<Visit> {
  const opened = await visit(browser, portal.url, person, options);
  open.push(opened);
  await opened.page.goto(`${portal.url}${route}`);
  return opened;
}

/** The smallest part of the page that holds the heading of the cost card and what stands below it. */
const costCard = (page: Page) =>
  page
    .locator('article, section, div')
    .filter({ has: page.getByRole('heading', { name: 'Cost', exact: true }) })
    .filter({ has: page.locator('p') })
    .last();

describe('the demo portal', { timeout: 900_000 }, () => {
  before(async () => {
    portal = await startPortal({
      running: process.env.PLUMBLINE_PORTAL,
      command: 'node',
      args: ['scripts/run.mjs', 'start', '--port', String(PORT)],
      cwd: root,
      url: `http://localhost:${PORT}`,
      timeoutMs: 600_000,
    });
    await portal.untilCollected();
    await until(componentHasFigures, 120_000, 'the component has its figures');
    browser = await launchBrowser();
  });

  after(async () => {
    for (const one of open) await one.close();
    await browser?.close();
    await portal?.stop();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`shows a component's cost on its card and its tab (${theme})`, async () => {
      const { page, pageErrors, foreignRequests } = await as(
        'finops',
        component,
        { theme },
      );
      const card = costCard(page);
      await card.getByText(/, up to \d+/).waitFor();
      assert.match(await card.innerText(), /\$\d/);
      assert.match(await card.innerText(), /Data through \d+\s\w+/);
      await picture(page, `card-${theme}`);

      // The page of all entities has a link of the same name in the sidebar.
      await page.locator(`a[href$="${component}/plumbline"]`).first().click();
      await page.getByRole('heading', { name: 'By resource' }).waitFor();
      await page
        .getByRole('heading', { name: 'What belongs to this entity' })
        .waitFor();
      await page.locator('svg.recharts-surface').first().waitFor();
      await picture(page, `tab-${theme}`);

      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });

    it(`adds up a system's members for the caller (${theme})`, async () => {
      const { page } = await as('finops', system, { theme });
      await page
        .getByText(/members? counted|counts? \d+ members?|\d+ members/i)
        .first()
        .waitFor();
      await picture(page, `system-${theme}`);
    });
  }

  it('keeps the whole selection in the address', async () => {
    const { page } = await as('finops', `${component}/plumbline`);
    await page.getByRole('heading', { name: 'By service' }).waitFor();
    await page.getByRole('button', { name: /Group by/ }).click();
    await page.getByRole('option', { name: 'Environment' }).click();
    await page.waitForURL(/group/i);
    const address = page.url();
    await page.goto(address);
    await page
      .getByRole('button', {
        name: /Environment.*Group by|Group by.*Environment/,
      })
      .waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'By service' }).waitFor();
  });

  it('fits a telephone', async () => {
    for (const route of [component, `${component}/plumbline`, system]) {
      const { page } = await as('finops', route, { width: 400, height: 800 });
      await page.getByText(/Cost/).first().waitFor();
      await page.waitForLoadState('networkidle');
      assert.ok(
        (await widerThanTheWindow(page)) <= 0,
        `${route} is wider than 400 px`,
      );
      await picture(page, `narrow-${route.replace(/\W+/g, '-')}`);
    }
  });

  it('reaches the details by keyboard', async () => {
    const { page } = await as('finops', component);
    const link = costCard(page)
      .getByRole('link', { name: /See the costs in detail/ })
      .first();
    await link.waitFor();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/plumbline/);
  });

  it('shows the owner what another person may not see', async () => {
    const owner = await as('service-owner', component);
    await costCard(owner.page)
      .getByText(/, up to \d+/)
      .waitFor();
    await picture(owner.page, 'as-service-owner');

    for (const person of ['platform', 'security'] as const) {
      const { page } = await as(person, component);
      await page
        .getByText('Not visible to you, or not known yet')
        .first()
        .waitFor();
      assert.doesNotMatch(await page.locator('main').innerText(), /\$\d/);
      await picture(page, `as-${person}`);
    }
  });

  it('answers the same for what is hidden and what is not there', async () => {
    const hidden = await portal.get(
      'security',
      '/api/plumbline/v1/entities/component/default/payments-api/overview',
    );
    const absent = await portal.get(
      'security',
      '/api/plumbline/v1/entities/component/default/payments-apx/overview',
    );
    assert.equal(hidden.status, 404);
    assert.equal(absent.status, 404);
    assert.equal(
      (await hidden.text()).replaceAll('payments-api', '…'),
      (await absent.text()).replaceAll('payments-apx', '…'),
    );
  });

  it('prints the YAML to add where nothing is set up', async () => {
    const { page } = await as(
      'finops',
      '/catalog/default/component/storefront-web',
    );
    await page.getByText('Not set up').first().waitFor();
    await page.getByText('annotations:').first().waitFor();
    await picture(page, 'empty-state');
  });

  const tools: PageTools = {
    open: as,
    get: (person, route) => portal.get(person, route),
  };
  budgetsTests(tools);
  chargesTests(tools);
  unallocatedTests(tools);
  setupTests(tools);
  portfolioTests(tools);
  reconcileTests(tools);
  statementsTests(tools);
});
