import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const screenshots = process.env.PLUMBLINE_SCREENSHOTS;
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Keeps a picture of a page, where `PLUMBLINE_SCREENSHOTS` names a folder. */
export async function picture(page: Page, name: string) {
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({
    path: path.join(screenshots, `${name}.png`),
    fullPage: true,
  });
}

/** Serious faults that axe finds in an element. */
export async function accessibilityFaults(page: Page, selector: string) {
  await page.evaluate(axe);
  return page.evaluate(async within => {
    const { axe: engine } = window as unknown as {
      axe: {
        run(
          within: string,
          options: object,
        ): Promise<{
          violations: {
            id: string;
            impact: string;
            nodes: { html: string }[];
          }[];
        }>;
      };
    };
    const { violations } = await engine.run(within, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join('\n')}`,
      );
  }, selector);
}

/** By how many pixels a page is wider than its window. */
export async function widerThanTheWindow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
}
