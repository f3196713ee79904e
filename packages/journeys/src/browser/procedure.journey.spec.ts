import { readFile } from 'node:fs/promises';
import { eventually } from '@umuhuza/testing/eventually';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyers, firms } from '../demo/companies.ts';
import { type Company, expecting } from '../door.ts';
import { describeInterests } from './interests.ts';
import type { Phone } from './phone.ts';
import { bid, colleagueJoins, publish, reopen, say } from './scene.ts';
import { type Card, openStage } from './stage.ts';
import { describeAudience } from './tenderAudience.ts';
import { describeEvaluation } from './tenderEvaluation.ts';

/** Seconds in which the bids of the second tender are handed in; it closes while the first one is looked at. */
const closesIn = 20;

const stage = await openStage();
let buyer: Company;
let buyersCard: Card;
let bidders: Company[];
let buyersPhone: Phone;
let firmsPhone: Phone;
let othersPhone: Phone;
/** It stays open for a month: nothing that is looked at closes meanwhile, and it may be amended without more time for bidders. */
let open: string;
let opened: string;

const seen = (reader: Company, id: string) => expecting('the tender', 200, reader.tenders.get({ params: { id } }));
const firm = (n: number): Company => {
  const found = bidders[n];
  if (!found) throw new Error(`there is no firm ${n}`);
  return found;
};
beforeAll(async () => {
  if (!stage.isThere) return;
  await stage.start();
  const [buys, first, second, third] = await Promise.all([
    stage.plays(buyers[0], 'en'),
    stage.plays(firms[0], 'de'),
    stage.enters(firms[1]),
    stage.plays(firms[2], 'en'),
  ]);
  ({ company: buyer, card: buyersCard, phone: buyersPhone } = buys);
  [firmsPhone, othersPhone] = [first.phone, third.phone];
  bidders = [first, second, third].map(({ company }) => company);
  await colleagueJoins(stage.url(), buyer.organisationId, buyersCard);
  open = await publish(buyer, 'A tender that stays open (demonstration)', ['Build'], 30 * 86_400);
  await bid(firm(0), open, { build: 5_000_000 });
  opened = await publish(buyer, 'A tender that is evaluated (demonstration)', ['Build', 'Run'], closesIn);
  await Promise.all([
    bid(firm(0), opened, { build: 5_000_000, run: 1_000_000 }),
    bid(firm(1), opened, { build: 6_000_000 }),
    bid(firm(2), opened, { build: 100 }),
  ]);
  await expecting(
    'a question that keeps it shut',
    201,
    firm(1).tenders.ask({ params: { id: opened }, body: { question: 'How many carriers are there?' }, headers: {} }),
  );
});
afterAll(stage.stop);

describe.skipIf(!stage.isThere)('what may happen to a tender on the way, by the pages', () => {
  it('a firm follows it, asks twice; the buyer answers one question and rejects the other, for everybody', async () => {
    const { page, isInOrder } = firmsPhone;
    await reopen(firmsPhone, `/tenders/${open}`);
    await page.getByRole('button', { name: 'Folgen', exact: true }).click();
    await page.getByRole('button', { name: 'Sie folgen' }).waitFor();
    // The button says what is meant before the server has said yes.
    await eventually(async () => expect(await seen(firm(0), open)).toMatchObject({ following: true }));
    await firmsPhone.goTo('/tenders');
    const followed = page.waitForResponse((response) => response.url().includes('following=true'));
    await page.locator('select[name="status"]').selectOption({ label: 'Gefolgt und geboten' });
    expect(((await (await followed).json()) as { items: { id: string }[] }).items.map(({ id }) => id)).toContain(open);
    await page.getByText('A tender that stays open (demonstration)').waitFor();
    await firmsPhone.goTo(`/tenders/${open}`);
    await say(firmsPhone, 'Den Auftraggeber fragen', 'Dürfen wir von Kigali aus arbeiten?');
    await page.getByText('Dürfen wir von Kigali aus arbeiten?').waitFor();
    await page.getByRole('button', { name: 'Den Auftraggeber fragen' }).click();
    // What was sent is not proposed again.
    expect(await page.getByRole('dialog').locator('textarea').inputValue()).toBe('');
    await isInOrder();
    await page.getByRole('dialog').locator('textarea').fill('Wer bietet noch?');
    await page.getByRole('dialog').getByRole('button', { name: 'Den Auftraggeber fragen' }).click();
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
    await page.getByLabel('Description').fill('Carriers also fly.');
    await goTo(`/tenders/${open}/write/amend`);
    await page.getByRole('button', { name: 'Drop what I changed' }).click();
    await page.getByText('You have changed nothing yet.').waitFor();
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
    // A document of a published tender is an amendment of its own, and says why.
    await goTo(`/tenders/${open}/write/documents`);
    const file = { name: 'forms.txt', mimeType: 'text/plain', buffer: Buffer.from('What is printed.') };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole('dialog').getByRole('button', { name: 'Leave it as it is' }).click();
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole('dialog').locator('input[name="reason"]').fill('The forms were not there yet.');
    await isInOrder();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish the amendment' }).click();
    await page.getByRole('button', { name: 'forms.txt', exact: true }).waitFor();
    expect((await seen(firm(0), open)).amendments).toMatchObject([
      { reason: 'Carriers asked for it.' },
      { reason: 'The forms were not there yet.', changed: ['documents'] },
    ]);
  });

  it('the firm confirms its bid with another price, then withdraws it and keeps the receipt', async () => {
    const { page, goTo, isInOrder } = firmsPhone;
    const handInAgain = async (timeout = 20_000) => {
      await page.getByRole('button', { name: 'Erneut abgeben' }).click({ timeout });
      await page.getByRole('dialog').getByRole('button', { name: 'Erneut abgeben' }).click({ timeout });
    };
    const isAmended = page.getByText('Der Auftraggeber hat die Ausschreibung geändert, während Sie schrieben.');
    const criteria = [
      { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
      { id: 'plan', name: 'Plan', weight: 60, kind: 'quality' as const },
    ];
    await reopen(firmsPhone, `/tenders/${open}`);
    await page.getByText('Zu bestätigen: Was verlangt wird, hat sich geändert.').waitFor();
    // Who does not follow is told by nobody, and still hands in no bid for terms that it has not seen.
    await page.getByRole('button', { name: 'Sie folgen' }).click();
    await page.getByRole('button', { name: 'Folgen', exact: true }).waitFor();
    await eventually(async () => expect(await seen(firm(0), open)).toMatchObject({ following: false }));
    await isInOrder();
    await page.getByRole('link', { name: 'Durchsehen und bestätigen' }).click();
    await page.locator('input[name^="prices"]').fill('48.000');
    await goTo(`/tenders/${open}/bid/submit`);
    await page.getByRole('button', { name: 'Erneut abgeben' }).waitFor();
    // While it is looked through, the buyer takes away a criterion that it answers.
    const another = { criteria, reason: 'The price and the plan say it all.' };
    await expecting('another amendment', 200, buyer.tenders.edit({ params: { id: open }, body: another, headers: {} }));
    // It is refused; or the page has heard of something else meanwhile and says so before.
    await handInAgain(3_000).catch(() => undefined);
    await isAmended.waitFor();
    await page.getByText('Eine Ihrer Angaben ist nicht mehr gefragt').waitFor();
    expect(await page.getByRole('button', { name: 'Erneut abgeben' }).count()).toBe(0);
    await isInOrder();
    await page.getByRole('button', { name: 'Ich habe es gelesen' }).click();
    await handInAgain();
    await page.getByText('Ihr Angebot wurde angenommen.').waitFor();
    // Once more in the same sitting.
    await goTo(`/tenders/${open}/bid/prices`);
    await page.locator('input[name^="prices"]').fill('47.000');
    await goTo(`/tenders/${open}/bid/submit`);
    await handInAgain();
    await page.getByText('Ihr Angebot wurde angenommen.').waitFor();
    expect(await expecting('the bid', 200, firm(0).tenders.myBid({ params: { id: open } }))).toMatchObject({
      version: 3,
      status: 'valid',
      content: { prices: [{ price: { amount: 4_700_000 } }], answers: [] },
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
});

describeEvaluation(stage, () => ({ buyer, buyersCard, bidders, buyersPhone, firmsPhone, othersPhone, opened, closesIn }));

describeAudience(stage.isThere, () => ({
  buyer: { company: buyer, phone: buyersPhone },
  firm: { company: firm(0), phone: firmsPhone },
  other: { company: firm(2), phone: othersPhone },
}));

describeInterests(stage.isThere, () => ({
  firm: { company: firm(0), phone: firmsPhone },
  one: { company: buyer, phone: buyersPhone },
  other: { company: firm(2), phone: othersPhone },
}));

describe.skipIf(!stage.isThere)('through all of it', () => {
  it('the pages complained of nothing', () => {
    for (const { complaints } of [buyersPhone, firmsPhone, othersPhone]) expect(complaints).toEqual([]);
  });
});
