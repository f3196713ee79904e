import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { decodeJwt } from 'jose';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyers, firms } from '../demo/companies.ts';
import { type Company, enter, expecting } from '../door.ts';
import { openBrowser } from './chromium.ts';
import { type Phone, takePhone } from './phone.ts';

const password = 'a long enough passphrase';

const browser: Browser | undefined = await openBrowser();
let system: RunningSystem;
let dataDir: string;
let buyer: Company;
let bidders: Company[];
let buyersPhone: Phone;
let firmsPhone: Phone;
let othersPhone: Phone;
/** It stays open for a month: nothing that is looked at closes meanwhile, and it may be amended without more time for bidders. */
let open: string;

const seen = (reader: Company, id: string) => expecting('the tender', 200, reader.tenders.get({ params: { id } }));
const inSeconds = (seconds: number) => Temporal.Now.instant().add({ seconds }).toString({ fractionalSecondDigits: 3 });
const firm = (n: number): Company => {
  const found = bidders[n];
  if (!found) throw new Error(`there is no firm ${n}`);
  return found;
};
const reopen = async ({ page, goTo }: Phone, path: string) => {
  await goTo(path);
  await page.reload();
  await page.locator('main h1').first().waitFor();
};
/** Opens a dialog, fills in what it asks for, and sends it. */
const say = async ({ page }: Phone, opener: string, text: string, action = opener) => {
  await page.getByRole('button', { name: opener, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('textarea').fill(text);
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};

const publish = async (title: string, lots: string[], seconds: number) => {
  const { id } = await expecting('a draft', 201, buyer.tenders.create({ body: { title }, headers: {} }));
  const body = {
    description: 'Carriers see their loads.',
    cpv: ['72212000'],
    lots: lots.map((lot) => ({ id: lot.toLowerCase(), title: lot })),
    criteria: [
      { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
      { id: 'approach', name: 'Approach', weight: 60, kind: 'quality' as const },
    ],
    standstillDays: 0,
  };
  await expecting(
    'the terms',
    200,
    buyer.tenders.edit({ params: { id }, headers: {}, body: { ...body, deadline: inSeconds(seconds) } }),
  );
  await expecting('publication', 200, buyer.tenders.publish({ params: { id }, headers: {}, body: {} }));
  return id;
};
const bid = (by: Company, id: string, prices: Record<string, number>) =>
  expecting(
    'a receipt',
    200,
    by.tenders.submitBid({
      params: { id },
      headers: {},
      body: {
        prices: Object.entries(prices).map(([lotId, amount]) => ({ lotId, price: { amount, currency: 'EUR' } })),
        answers: [{ criterionId: 'approach', answer: `The approach of ${by.name}` }],
        confirms: [],
      },
    }),
  );

beforeAll(async () => {
  if (!browser) return;
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-pages-'));
  system = await startSystem({ dataDir, onLine: () => undefined });
  const cards = [buyers[0], ...firms.slice(0, 3)].map((card) => {
    if (!card) throw new Error('the demonstration has four companies');
    const { profile: _, ...known } = card;
    return { ...known, slug: `pages-${card.slug}`, email: `pages-${card.email}`, password };
  });
  const [ofBuyer, ofFirm, , ofThird] = cards;
  if (!ofBuyer || !ofFirm || !ofThird) throw new Error('all have a card');
  const [first, ...others] = await Promise.all(cards.map((card) => enter(system.url, card)));
  if (!first) throw new Error('the buyer came in');
  buyer = first;
  bidders = others;
  const { url } = system;
  [buyersPhone, firmsPhone, othersPhone] = await Promise.all([
    takePhone(browser, { url, card: ofBuyer, language: 'en' }),
    takePhone(browser, { url, card: ofFirm, language: 'de' }),
    takePhone(browser, { url, card: ofThird, language: 'en' }),
  ]);
  open = await publish('A tender that stays open (demonstration)', ['Build'], 30 * 86_400);
  await bid(firm(0), open, { build: 5_000_000 });
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

describe.skipIf(!browser)('what may happen to a tender on the way, by the pages', () => {
  it('a firm follows it, asks twice; the buyer answers one question and rejects the other, for everybody', async () => {
    const { page, isInOrder } = firmsPhone;
    await reopen(firmsPhone, `/tenders/${open}`);
    await page.getByRole('button', { name: 'Folgen', exact: true }).click();
    await page.getByRole('button', { name: 'Sie folgen' }).waitFor();
    expect(await seen(firm(0), open)).toMatchObject({ following: true });
    await say(firmsPhone, 'Den Käufer fragen', 'Dürfen wir von Kigali aus arbeiten?');
    await page.getByText('Dürfen wir von Kigali aus arbeiten?').waitFor();
    await page.getByRole('button', { name: 'Den Käufer fragen' }).click();
    // What was sent is not proposed again.
    expect(await page.getByRole('dialog').locator('textarea').inputValue()).toBe('');
    await isInOrder();
    await page.getByRole('dialog').locator('textarea').fill('Wer bietet noch?');
    await page.getByRole('dialog').getByRole('button', { name: 'Den Käufer fragen' }).click();
    await page.getByText('Wer bietet noch?').waitFor();

    await reopen(buyersPhone, `/tenders/${open}`);
    await say(buyersPhone, 'Answer', 'You may.', 'Answer for everybody');
    await buyersPhone.page.getByText('You may.').waitFor();
    await buyersPhone.page.getByRole('button', { name: 'Answer', exact: true }).click();
    await buyersPhone.page.getByLabel('Reject it, with a reason').check();
    await buyersPhone.isInOrder();
    await buyersPhone.page.getByRole('dialog').locator('textarea').fill('It is sealed.');
    await buyersPhone.page.getByRole('dialog').getByRole('button', { name: 'Reject the question' }).click();
    await buyersPhone.page.getByText('Not answered, because: It is sealed.').waitFor();

    await reopen(othersPhone, `/tenders/${open}`);
    await othersPhone.page.getByText('You may.').waitFor();
    await othersPhone.page.getByText('Not answered, because: It is sealed.').waitFor();
    expect(await othersPhone.page.getByText('your question').count()).toBe(0);
  });

  it('an amendment is gathered on the device, published at once, and stays to be read with what was and what became', async () => {
    const { page, goTo, isInOrder } = buyersPhone;
    await goTo(`/tenders/${open}/write/task`);
    await page.getByLabel('Description').fill('Carriers also print.');
    await goTo(`/tenders/${open}/write/amend`);
    await page.locator('del', { hasText: 'Carriers see their loads.' }).waitFor();
    await isInOrder();
    expect((await seen(firm(0), open)).description).toBe('Carriers see their loads.');
    await page.getByRole('button', { name: 'Publish the amendment' }).click();
    await page.getByRole('dialog').locator('input[name="reason"]').fill('Carriers asked for it.');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish the amendment' }).click();
    await page.getByText('Carriers asked for it.').waitFor();
    await page.locator('ins', { hasText: 'Carriers also print.' }).waitFor();
    await isInOrder();
    expect((await seen(firm(0), open)).amendments).toMatchObject([{ reason: 'Carriers asked for it.' }]);
  });

  it('the firm confirms its bid with another price, then withdraws it and keeps the receipt', async () => {
    const { page, goTo, isInOrder } = firmsPhone;
    await reopen(firmsPhone, `/tenders/${open}`);
    await page.getByText('Zu bestätigen: Was verlangt wird, hat sich geändert.').waitFor();
    await isInOrder();
    await page.getByRole('link', { name: 'Durchsehen und bestätigen' }).click();
    await page.locator('input[name^="prices"]').fill('48.000');
    await goTo(`/tenders/${open}/bid/submit`);
    await page.getByRole('button', { name: 'Erneut abgeben' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erneut abgeben' }).click();
    await page.getByText('Ihr Angebot wurde angenommen.').waitFor();
    expect(await expecting('the bid', 200, firm(0).tenders.myBid({ params: { id: open } }))).toMatchObject({
      version: 2,
      status: 'valid',
      content: { prices: [{ price: { amount: 4_800_000 } }] },
    });
    await goTo(`/tenders/${open}`);
    await page.getByRole('button', { name: 'Angebot zurückziehen' }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Angebot zurückziehen' }).click();
    const { statement } = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as { readonly statement: string };
    expect(decodeJwt(statement)).toMatchObject({ event: 'withdrawn', tenderId: open, bidder: firm(0).organisationId });
    await page.getByRole('link', { name: 'Angebot vorbereiten' }).waitFor();
    await page.getByText('Ihr Angebot wurde zurückgezogen.').waitFor();
    await isInOrder();
    expect((await firm(0).tenders.myBid({ params: { id: open } })).status).toBe(404);
  });

  it('the buyer cancels it, and everybody reads why', async () => {
    await reopen(buyersPhone, `/tenders/${open}`);
    await say(buyersPhone, 'Cancel the tender', 'The need is gone.');
    await buyersPhone.page.getByText('The need is gone.').waitFor();
    await reopen(othersPhone, `/tenders/${open}`);
    await othersPhone.page.getByText('The need is gone.').waitFor();
    await othersPhone.isInOrder();
  });

  it('and the pages complained of nothing', () => {
    for (const { complaints } of [buyersPhone, firmsPhone, othersPhone]) expect(complaints).toEqual([]);
  });
});
