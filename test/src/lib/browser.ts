import { Browser, BrowserContext, chromium, Page } from 'playwright-core';
import type { Person } from './portal';

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Starts headless Chromium, which asks nothing of the world by itself. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page of a signed-in person, with what went wrong on it. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Requests to anywhere but the portal. */
  foreignRequests: string[];
  /** Uncaught exceptions. */
  pageErrors: string[];
  close(): Promise<void>;
}

const signInLabel: Record<Person, RegExp> = {
  platform: /^Sign in as Platform/i,
  'service-owner': /^Sign in as Service owner/i,
  finops: /^Sign in as FinOps/i,
  security: /^Sign in as Security/i,
};

/** Opens the portal as a person, in a theme and a width. */
export async function visit(
  browser: Browser,
  url: string,
  person: Person,
  options: { theme?: 'light' | 'dark'; width?: number; height?: number } = {},
): Promise<Visit> {
  const { theme = 'light', width = 1280, height = 1000 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(chosen => {
    window.localStorage.setItem('theme', chosen);
  }, theme);
  const page = await context.newPage();
  const foreignRequests: string[] = [];
  const pageErrors: string[] = [];
  page.on('request', request => {
    const target = new URL(request.url());
    if (
      target.protocol.startsWith('http') &&
      target.origin !== new URL(url).origin
    ) {
      foreignRequests.push(request.url());
    }
  });
  page.on('pageerror', error => pageErrors.push(String(error)));

  await page.goto(url);
  await page.getByRole('button', { name: signInLabel[person] }).click();
  await page
    .getByRole('heading', { name: /Catalog/ })
    .first()
    .waitFor();
  return {
    page,
    context,
    foreignRequests,
    pageErrors,
    close: () => context.close(),
  };
}
