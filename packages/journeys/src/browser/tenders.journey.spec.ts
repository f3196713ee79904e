import { readFile } from 'node:fs/promises';
import { eventually } from '@umuhuza/testing/eventually';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyers, firms } from '../demo/companies.ts';
import { type Company, expecting } from '../door.ts';
import type { Phone } from './phone.ts';
import { expectSaved, inSeconds, reopen } from './scene.ts';
import { type Card, openStage } from './stage.ts';

/** Seconds that are left for bidding whenever the deadline is set; while somebody is still at a bid, it is moved on in time. */
const closesIn = 15;

const stage = await openStage();
let buyer: Company;
let firm: Company;
let firmsCard: Card;
let onBuyersPhone: Phone;
let onFirmsPhone: Phone;
let id: string;
let movingOn: ReturnType<typeof setInterval> | undefined;
let couldNotMoveOn: unknown;

const seenBy = (reader: Company) => expecting('the tender', 200, reader.tenders.get({ params: { id } }));

/** The page types deadlines to the minute; a colleague sets this one to the second. */
const setDeadline = () =>
  expecting(
    'the deadline',
    200,
    buyer.tenders.edit({ params: { id }, body: { deadline: inSeconds(closesIn), reason: 'A bid is on its way.' }, headers: {} }),
  );

beforeAll(async () => {
  if (!stage.isThere) return;
  await stage.start();
  const [buys, bids] = await Promise.all([stage.plays(buyers[0], 'en'), stage.plays(firms[0], 'de')]);
  ({ company: buyer, phone: onBuyersPhone } = buys);
  ({ company: firm, card: firmsCard, phone: onFirmsPhone } = bids);
});
afterAll(async () => {
  clearInterval(movingOn);
  await stage.stop();
});

describe.skipIf(!stage.isThere)('a tender from the first word to the award, on two phones', () => {
  it('the buyer writes it in steps, and each step is kept on the server', async () => {
    const { page, goTo, isInOrder } = onBuyersPhone;
    await isInOrder();
    await goTo('/tenders');
    await page.getByRole('heading', { name: 'Your tenders' }).waitFor();
    await isInOrder();
    await page.getByRole('link', { name: 'New tender' }).click();
    await page.getByLabel('Title').fill('A portal for carriers (demonstration)');
    await page.getByRole('button', { name: 'Begin the draft' }).click();

    await page.getByLabel('Description').fill('Carriers see their loads and confirm them on a phone.');
    await page.locator('input[name="cpv"]').fill('7221');
    await page.getByRole('button', { name: /^7221/ }).first().click();
    await page.locator('input[name="skills"]').fill('TypeScript,');
    await expectSaved({ page });
    await isInOrder();
    await page.getByRole('link', { name: 'Next' }).click();

    await page.getByRole('button', { name: 'Add a lot' }).click();
    await page.locator('input[name="lots.0.title"]').fill('Build it');
    await page.locator('input[name="workingHoursOverlap"]').fill('4');
    await page.getByRole('button', { name: 'Add a language' }).click();
    await expectSaved({ page });
    await isInOrder();
    await page.getByRole('link', { name: 'Next' }).click();

    await page.locator('input[name="budget"]').fill('60.000,50');
    await page.getByText('EUR 60,000.50').waitFor();
    await page.getByRole('button', { name: 'Add a milestone' }).click();
    await page.locator('input[name="milestones.0.title"]').fill('Go-live');
    await page.locator('input[name="standstillDays"]').fill('0');
    await expectSaved({ page });
    await isInOrder();
    await page.getByRole('link', { name: 'Next' }).click();

    await page.getByLabel('A signed non-disclosure agreement').check();
    await page.getByRole('button', { name: 'Add a criterion' }).click();
    await page.locator('input[name="criteria.0.weight"]').fill('40');
    await page.getByText('60 % are missing.').waitFor();
    await page.getByRole('button', { name: 'Add a criterion' }).click();
    // What is half typed is named before anything is published.
    await onBuyersPhone.goTo(page.url().replace(/.*#/, '').replace('judging', 'review'));
    await page.getByRole('link', { name: 'a name for each criterion' }).click();
    await page.locator('input[name="criteria.1.name"]').fill('Approach');
    await page.getByText('It is right.').waitFor();
    await expectSaved({ page });
    await isInOrder();
    await page.getByRole('link', { name: 'Next' }).click();

    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'terms of reference.txt', mimeType: 'text/plain', buffer: Buffer.from('What is there already.') });
    await page.getByRole('button', { name: 'terms of reference.txt', exact: true }).waitFor();
    await isInOrder();
    await page.getByRole('link', { name: 'Next' }).click();

    // By clocks that are set back this time comes twice, and by clocks that jump it does not come.
    const day = page.locator('input[name="deadline"]');
    await day.fill('2027-10-31');
    await page.locator('input[name="deadline-time"]').fill('02:30');
    await page.getByText('this time comes twice').waitFor();
    await day.fill('2027-03-28');
    await page.getByText('The clocks there jump over this time').waitFor();
    await day.fill('2027-03-31');
    await page.getByText('02:30 Kigali').waitFor();
    await expectSaved({ page });
    await isInOrder();
    id = /tenders\/([\w-]+)\/write/.exec(page.url())?.[1] ?? '';
    expect(await seenBy(buyer)).toMatchObject({
      status: 'draft',
      lots: [{ title: 'Build it' }],
      budget: { amount: 6_000_050, currency: 'EUR' },
      mustHaveCodes: ['signed-nda'],
      criteria: [
        { name: 'Price', weight: 40 },
        { name: 'Approach', weight: 60 },
      ],
      documents: [{ name: 'terms of reference.txt' }],
      deadline: '2027-03-31T00:30:00.000Z',
      missing: [],
    });
  });

  it('what a colleague changed meanwhile is shown before anything of it is overwritten', async () => {
    const { page, goTo, isInOrder } = onBuyersPhone;
    await goTo(`/tenders/${id}/write/task`);
    await page.getByLabel('Description').waitFor();
    await expecting(
      'a colleague’s edit',
      200,
      buyer.tenders.edit({ params: { id }, body: { title: 'A portal, by a colleague' }, headers: {} }),
    );
    await page.getByLabel('Title').fill('A portal for carriers in Kigali (demonstration)');
    await page.getByText('It was changed meanwhile.').waitFor();
    await isInOrder();
    expect((await seenBy(buyer)).title).toBe('A portal, by a colleague');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expectSaved({ page });
    expect((await seenBy(buyer)).title).toBe('A portal for carriers in Kigali (demonstration)');
  });

  it('and publishes it, once asked whether it means to', async () => {
    const { page, goTo, isInOrder } = onBuyersPhone;
    await goTo(`/tenders/${id}/write/review`);
    await page.getByText('Nothing is missing.').waitFor();
    await isInOrder();
    await setDeadline();
    const moveOn = () =>
      setDeadline().catch((error: unknown) => {
        couldNotMoveOn ??= error;
      });
    movingOn = setInterval(() => void moveOn(), (closesIn * 1_000) / 3);
    await page.getByRole('button', { name: 'Publish' }).click();
    await isInOrder();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Open for bids').waitFor();
    expect(await seenBy(buyer)).toMatchObject({ status: 'published' });
  });

  it('the firm reads that it has no profile to compare, then why it fits and what is missing, and is led to where that is mended', async () => {
    const { page, goTo, isInOrder } = onFirmsPhone;
    await goTo(`/tenders/${id}`);
    await page.getByText('Sie haben kein veröffentlichtes Profil').waitFor();
    const content = firms[0]?.profile;
    if (!content) throw new Error('the firm of the demonstration has a profile');
    await expecting('a profile', 200, firm.profiles.editMine({ body: content, headers: {} }));
    await expecting('its publication', 200, firm.profiles.publishMine({ body: {}, headers: {} }));
    await eventually(async () =>
      expect(await firm.matching.tenderMatches({ params: { id }, query: { limit: 1 } })).toMatchObject({
        status: 200,
        body: { firms: [{ organisationId: firm.organisationId }] },
      }),
    );
    await reopen(onFirmsPhone, `/tenders/${id}`);
    await page.getByRole('heading', { name: 'Warum sie passt' }).waitFor();
    await page.getByRole('heading', { name: 'Was Ihrem Profil dafür fehlt' }).waitFor();
    await isInOrder();
    await page.getByRole('link', { name: 'Referenzen nennen, die andere bestätigen können' }).click();
    await page.locator('input[name="references.0.title"]:focus').waitFor();
  });

  it('the firm bids on a line that breaks: what it types survives, and is sent when the line is back', async () => {
    const { page, goTo, isInOrder } = onFirmsPhone;
    const context = page.context();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await goTo(`/tenders/${id}`);
    await page.getByRole('link', { name: 'Angebot vorbereiten' }).click();
    await page.locator('input[name^="prices"]').fill('50.000');
    await expectSaved({ page });

    await context.setOffline(true);
    await page.getByRole('link', { name: 'Weiter' }).click();
    await page.locator('input[name="confirms"]').check();
    await page.locator('textarea').fill('Zwei Wochen je Schritt, freitags gezeigt.');
    await page.locator('[data-state="offline"]').waitFor();
    expect((await expecting('the draft', 200, firm.tenders.bidDraft({ params: { id } }))).draft.answers).toEqual([]);
    // The page is lost too, as when a phone needs its memory for something else: it opens without the line, and all is there.
    await page.reload();
    await page.locator('textarea').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('Zwei Wochen je Schritt, freitags gezeigt.');
    await page.locator('[data-state="offline"]').waitFor();
    await page.getByText('Keine Verbindung.').waitFor();
    await page.getByRole('navigation', { name: 'Schritte' }).getByRole('link', { name: 'Preise' }).click();
    expect(await page.locator('input[name^="prices"]').inputValue()).toMatch(/^50[.]?000/);
    await context.setOffline(false);
    await page.goto(`${stage.url()}/#/tenders/${id}/bid/answers`);
    await expectSaved({ page });
    expect(await page.locator('textarea').inputValue()).toBe('Zwei Wochen je Schritt, freitags gezeigt.');
    expect(await expecting('the draft', 200, firm.tenders.bidDraft({ params: { id } }))).toMatchObject({
      draft: {
        answers: [{ answer: 'Zwei Wochen je Schritt, freitags gezeigt.' }],
        confirms: ['signed-nda'],
        prices: [{ price: { amount: 5_000_000, currency: 'EUR' } }],
      },
      missing: [],
    });

    await page.getByRole('link', { name: 'Weiter' }).click();
    await page.getByRole('button', { name: 'Person oder Rolle hinzufügen' }).click();
    await page.locator('input[name="team.0.role"]').fill('Architektin');
    await page.getByRole('link', { name: 'Weiter' }).click();
    const plan = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('In Schritten.') };
    // On a line that takes nothing it can be called off, and the keyboard stays where it was.
    await page.route(/\/documents\?name=/, () => undefined);
    await page.getByLabel('Datei auswählen').focus();
    await page.getByLabel('Datei auswählen').setInputFiles(plan);
    await page.getByText(/^plan\.txt \(.*\) wird gesendet/).waitFor();
    await isInOrder();
    await page.keyboard.press('Enter');
    await page.locator('input[type="file"]:focus').waitFor();
    await page.unroute(/\/documents\?name=/);
    expect((await expecting('the draft', 200, firm.tenders.bidDraft({ params: { id } }))).draft.documents ?? []).toEqual([]);
    await page.getByLabel('Datei auswählen').setInputFiles(plan);
    await page.getByRole('button', { name: 'plan.txt', exact: true }).waitFor();
    await expectSaved({ page });

    // Another device of the firm goes on with it.
    const second = await stage.phoneOf(firmsCard, 'de');
    await second.goTo(`/tenders/${id}/bid/prices`);
    await second.page.getByLabel('Preise auch in unserer Währung zeigen').check();
    await second.page.locator('input[name="ownCurrency.rate"]').fill('1500');
    await second.page.getByText(/Nach Ihrem Kurs etwa 75\.000\.000/).waitFor();
    await second.close();
    // A rate that is half typed is no part of the bid, and holds nothing up.
    await goTo(`/tenders/${id}/bid/prices`);
    await page.reload();
    await page.locator('input[name="ownCurrency.rate"]').fill('');
    await goTo(`/tenders/${id}/bid/submit`);
    await page.getByRole('button', { name: 'Angebot abgeben' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Angebot abgeben' }).click();
    await page.getByText('Ihr Angebot wurde angenommen.').waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Quittung speichern' }).click();
    const receipt = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as { readonly statement: string };
    const savingContent = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Angebot speichern, wie es gesendet wurde' }).click();
    expect(JSON.parse(await readFile(await (await savingContent).path(), 'utf8'))).toMatchObject({
      prices: [{ price: { amount: 5_000_000, currency: 'EUR' } }],
      team: [{ role: 'Architektin' }],
      documents: [{ name: 'plan.txt' }],
    });
    expect(decodeJwt(receipt.statement)).toMatchObject({
      event: 'submitted',
      tenderId: id,
      bidder: firm.organisationId,
      version: 1,
    });
  });

  it('every page of the bid, of the tender and of the lists keeps nobody out', async () => {
    const { page, goTo, isInOrder } = onFirmsPhone;
    await isInOrder();
    await goTo(`/tenders/${id}`);
    await page.getByText('Abgegeben, versiegelt.').waitFor();
    await isInOrder();
    for (const step of ['prices', 'answers', 'team', 'documents', 'submit']) {
      await goTo(`/tenders/${id}/bid/${step}`);
      await page.locator('[aria-current="step"]').waitFor();
      await isInOrder();
    }
    await goTo('/tenders');
    await page.getByRole('heading', { name: 'Offene Ausschreibungen' }).waitFor();
    await page.locator('.list a').first().waitFor();
    await isInOrder();
  });

  it('after the deadline the buyer reads the bid, scores it and awards the lot', async () => {
    clearInterval(movingOn);
    expect(couldNotMoveOn).toBeUndefined();
    await eventually(async () => expect(await seenBy(buyer)).toMatchObject({ status: 'opened', bidsOpened: 1 }), {
      within: (closesIn + 30) * 1_000,
      every: 200,
    });
    const { page, isInOrder } = onBuyersPhone;
    await page.goto(`${stage.url()}/#/tenders/${id}`);
    await page.reload();
    await page.getByRole('link', { name: 'Bids and ranking' }).click();
    await page.getByText('Zwei Wochen je Schritt, freitags gezeigt.').waitFor();
    await page.getByLabel('Score for Approach').fill('87.5');
    await page.getByLabel('Comment').fill('Short steps suit us.');
    await isInOrder();
    await page.getByRole('button', { name: 'Save the scores' }).click();
    await page.getByText('92.5 of 100 points').waitFor();
    await page.getByRole('button', { name: 'Award to Akagera Code Ltd' }).click();
    await isInOrder();
    await page.getByRole('dialog').getByRole('button', { name: 'Award', exact: true }).click();
    await page.getByText(/^Awarded to .* for EUR.50,000.00/).waitFor();
    expect(await seenBy(buyer)).toMatchObject({
      status: 'awarded',
      lots: [{ award: { winner: { organisationId: firm.organisationId } } }],
    });
  });

  it('the firm learns its outcome with its points, signs the contract, and both sign off the milestone', async () => {
    const { page: buyersPage, goTo: buyerGoesTo, isInOrder: buyersIsInOrder } = onBuyersPhone;
    await buyerGoesTo(`/tenders/${id}`);
    await buyersPage.getByRole('button', { name: 'Offer the contract' }).click();
    await buyersIsInOrder();
    await buyersPage.getByRole('dialog').getByRole('button', { name: 'Offer the contract' }).click();
    await buyersPage.getByText('The contract is offered.').waitFor();

    const { page, isInOrder } = onFirmsPhone;
    await page.goto(`${stage.url()}/#/tenders/${id}`);
    await page.reload();
    await page.getByText('An Sie vergeben').waitFor();
    await page.getByText('Rang 1 von 1 mit 92,5 von 100 Punkten').waitFor();
    await isInOrder();
    await page.getByRole('button', { name: 'Vertrag unterschreiben' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Vertrag unterschreiben' }).click();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'acceptance.txt', mimeType: 'text/plain', buffer: Buffer.from('It runs.') });
    await page.getByRole('button', { name: 'acceptance.txt', exact: true }).waitFor();
    await isInOrder();
    await page.getByRole('button', { name: 'Abnehmen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Abnehmen' }).click();
    await eventually(async () =>
      expect((await seenBy(firm)).lots[0]?.award?.contract?.milestones?.[0]?.signedOff.supplier).toBeDefined(),
    );
    await buyersPage.reload();
    await buyersPage.getByRole('button', { name: 'acceptance.txt', exact: true }).waitFor();
    await buyersPage.getByRole('button', { name: 'Sign off' }).click();
    await buyersPage.getByRole('dialog').getByRole('button', { name: 'Sign off' }).click();
    await buyersPage.getByText('The contract is completed.').waitFor();
    await buyersIsInOrder();
  });

  it('and the pages complained of nothing', () => {
    expect(onBuyersPhone.complaints).toEqual([]);
    expect(onFirmsPhone.complaints).toEqual([]);
  });
});
