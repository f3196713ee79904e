import type { AxeResults } from 'axe-core';
import { source as axe } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Company } from '../door.ts';

const small = { width: 360, height: 740 };
const large = { width: 1280, height: 900 };

/** Milliseconds a page may take for what it is waited for: a bound against hanging. */
const patience = 20_000;

export type Phone = {
  readonly page: Page;
  /** What the page itself complained about since it was opened. */
  readonly complaints: readonly string[];
  /** Goes to a view and waits until it is there. */
  readonly goTo: (path: string) => Promise<void>;
  /** Nobody is kept out of this view, and nothing sticks out of it, on a phone and on a desk. */
  readonly isInOrder: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type PhoneOptions = {
  readonly url: string;
  readonly language: 'en' | 'de';
  readonly card: Pick<Company, 'email'> & { readonly password: string };
};

/** A phone 360 pixels wide whose owner has signed in by the page. */
export const takePhone = async (browser: Browser | undefined, { url, language, card }: PhoneOptions): Promise<Phone> => {
  if (!browser) throw new Error('there is a browser');
  const context = await browser.newContext({ viewport: small, locale: language, timezoneId: 'Africa/Kigali' });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // What is not there yet is answered with 404, and who is not signed in with 401; a browser calls both errors of loading.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('input[name=email]').fill(card.email);
  await page.locator('input[name=password]').fill(card.password);
  await page.locator('button.main').click();
  await page.locator('nav.tabs').waitFor();

  const settled = async () => {
    await page.locator('main h1').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('.loading'));
  };
  return {
    page,
    complaints,
    goTo: async (path) => {
      await page.goto(`${url}/#${path}`);
      await settled();
    },
    isInOrder: async () => {
      for (const viewport of [large, small]) {
        await page.setViewportSize(viewport);
        await settled();
        const where = `${page.url()} at ${viewport.width} px`;
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${where} is too wide`,
        ).toBeLessThanOrEqual(0);
        expect(await violationsIn(page), where).toEqual([]);
      }
    },
    close: () => context.close(),
  };
};

/** What axe finds against WCAG 2.2 A and AA and its own good practice, with where. */
const violationsIn = async (page: Page): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
};
