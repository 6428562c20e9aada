import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { Portfolio } from '@plumbline/backstage-plugin-plumbline-common';
import Decimal from 'decimal.js';
import type { visit, Visit } from '../lib/browser';
import { accessibilityFaults, picture, widerThanTheWindow } from '../lib/pages';
import type { Person } from '../lib/portal';

/** How tests of a page reach the portal. */
export interface PageTools {
  open(
    person: Person,
    route: string,
    options?: Parameters<typeof visit>[3],
  ): Promise<Visit>;
  get(person: Person, route: string): Promise<Response>;
}

/** The portfolio as people see it. */
export function portfolioTests({ open, get }: PageTools): void {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows the portfolio (${theme})`, async () => {
      const { page, pageErrors, foreignRequests } = await open(
        'finops',
        '/plumbline',
        { theme },
      );
      await page.getByRole('grid', { name: 'Cost by owner in USD' }).waitFor();
      await page.getByRole('row', { name: /^Unallocated/ }).waitFor();
      await page.getByRole('list', { name: 'Rose most' }).first().waitFor();
      await picture(page, `portfolio-${theme}`);
      assert.deepEqual(await accessibilityFaults(page, 'main'), []);
      assert.deepEqual(pageErrors, []);
      assert.deepEqual(foreignRequests, []);
    });
  }

  it('keeps by, sort and search of the portfolio in the address', async () => {
    const { page } = await open('finops', '/plumbline');
    const grid = (by: string) =>
      page.getByRole('grid', { name: `Cost by ${by} in USD` });
    await grid('owner').waitFor();
    await page.getByRole('radio', { name: 'Entity' }).click();
    await grid('entity').waitFor();
    await grid('entity')
      .getByRole('columnheader', { name: /^Entity/ })
      .click();
    await page.waitForURL(/sort=name/);
    await page.getByRole('searchbox', { name: 'Find entities' }).fill('pay');
    await page.waitForURL(/search=pay/);
    await page.reload();
    await grid('entity').waitFor();
    const names = await grid('entity').getByRole('rowheader').allInnerTexts();
    assert.ok(names[0].includes('pay'), names[0]);
    assert.match(page.url(), /by=entity.*search=pay.*sort=name/);
  });

  it('saves a portfolio that adds up', async () => {
    const { page } = await open('finops', '/plumbline?currency=USD');
    await page.getByRole('grid', { name: 'Cost by owner in USD' }).waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: /as CSV$/ }).click();
    const file = await (await saving).path();
    const [header, ...lines] = (await readFile(file, 'utf8'))
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n')
      .map(line => line.split(','));
    const at = header.indexOf('total');
    const sum = Decimal.sum(0, ...lines.map(line => line[at]));
    const months = header.filter(name => /^\d{4}-\d{2}$/.test(name));
    const answer = (await (
      await get(
        'finops',
        `/api/plumbline/v1/portfolio?by=environment&from=${
          months[0]
        }&to=${months.at(-1)}&currency=USD`,
      )
    ).json()) as Portfolio;
    assert.equal(sum.toFixed(), answer.totals[0].everything?.total);
  });

  it('shows an owner their own, and nothing of the rest', async () => {
    const { page } = await open('service-owner', '/plumbline');
    await page.getByText(/left out, because you may not read/).waitFor();
    for (const name of [/^Unallocated/, /^Shared/, /^Everything/]) {
      assert.equal(await page.getByRole('row', { name }).count(), 0);
    }
    await picture(page, 'portfolio-service-owner');
  });

  it('fits the portfolio on a telephone', async () => {
    const { page } = await open('finops', '/plumbline', {
      width: 400,
      height: 800,
    });
    await page.getByRole('grid', { name: 'Cost by owner in USD' }).waitFor();
    assert.ok((await widerThanTheWindow(page)) <= 0);
    await picture(page, 'portfolio-narrow');
  });
}
