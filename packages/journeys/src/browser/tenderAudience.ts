import { eventually } from '@umuhuza/testing/eventually';
import { beforeAll, describe, expect, it } from 'vitest';
import { firms } from '../demo/companies.ts';
import { expecting } from '../door.ts';
import { draft, expectSaved, publish, reopen, say } from './scene.ts';
import type { Actor } from './stage.ts';

/** A buyer, a firm that it wants to bid, which reads German, and another one. */
export type Cast = Readonly<Record<'buyer' | 'firm' | 'other', Pick<Actor, 'company' | 'phone'>>>;

const invitedTo = 'A tender by invitation (demonstration)';
const fittingFor = 'A tender for who fits (demonstration)';
/** Seconds: inside the last four days before the deadline from the beginning. */
const twoDays = 2 * 86_400;

/** For whom a tender is, and what its buyer and a bidder may still think better of; told after the procedure, on the same phones. */
export const describeAudience = (isThere: boolean, cast: () => Cast): void => {
  describe.skipIf(!isThere)('for whom a tender is, on the same phones', () => {
    let buyer: Cast['buyer'];
    let firm: Cast['firm'];
    let other: Cast['other'];
    let id = '';

    const seenBy = ({ company }: Cast['buyer'], tender = id) => company.tenders.get({ params: { id: tender } });
    const isHiddenFromOther = async (title: string, tender: string) => {
      const { page } = other.phone;
      await reopen(other.phone, '/tenders');
      await page.getByRole('heading', { name: 'Open tenders' }).waitFor();
      expect(await page.getByText(title).count()).toBe(0);
      await reopen(other.phone, `/tenders/${tender}`);
      await page.getByText('There is no such tender').waitFor();
    };

    beforeAll(async () => {
      if (!isThere) return;
      ({ buyer, firm, other } = cast());
      const body = firms[0]?.profile;
      if (!body) throw new Error('the firm of the demonstration has a profile');
      await expecting('a profile', 200, firm.company.profiles.editMine({ body, headers: {} }));
      await expecting('its publication', 200, firm.company.profiles.publishMine({ body: {}, headers: {} }));
      id = await draft(buyer.company, invitedTo, ['Build'], twoDays);
    });

    it('a firm is found by its name and invited; it sees the tender, and for the others there is none', async () => {
      const { page, goTo, isInOrder } = buyer.phone;
      await goTo(`/tenders/${id}/write/audience`);
      await page.getByRole('radio', { name: /^Invited firms/ }).check();
      await page.getByLabel('Find a firm by its name').fill('akagera');
      await page.getByLabel(firm.company.name).check();
      await page.getByRole('button', { name: `Remove ${firm.company.name}` }).waitFor();
      await expectSaved(buyer.phone);
      await isInOrder();
      await goTo(`/tenders/${id}/write/review`);
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Open for bids').waitFor();

      await reopen(firm.phone, '/tenders');
      await firm.phone.page.getByRole('link', { name: invitedTo }).click();
      await firm.phone.page.getByRole('link', { name: 'Angebot vorbereiten' }).waitFor();
      await isHiddenFromOther(invitedTo, id);
      await other.phone.isInOrder();
    });

    it('one for matched firms is seen by who fits, and by nobody else', async () => {
      const { cpv, skills } = firms[0]?.profile.offers ?? { cpv: [], skills: [] };
      const fitting = await publish(buyer.company, fittingFor, ['Build'], twoDays, { audience: 'matched', cpv, skills });
      await eventually(async () => expect((await seenBy(firm, fitting)).status).toBe(200));
      await reopen(firm.phone, '/tenders');
      await firm.phone.page.getByRole('link', { name: fittingFor }).waitFor();
      await isHiddenFromOther(fittingFor, fitting);
    });

    it('what is asked stays in the last four days, unless bidders get more time', async () => {
      const { page, goTo, isInOrder } = buyer.phone;
      await goTo(`/tenders/${id}/write/task`);
      await page.getByLabel('Description').fill('Carriers also swim.');
      await goTo(`/tenders/${id}/write/amend`);
      await page.getByRole('button', { name: 'Publish the amendment' }).click();
      await page.getByRole('dialog').locator('input[name="reason"]').fill('It rains.');
      await page.getByRole('dialog').getByRole('button', { name: 'Publish the amendment' }).click();
      await page.getByText('in the last four days only together with a later deadline').first().waitFor();
      await isInOrder();
      await page.getByRole('dialog').getByRole('button', { name: 'Leave it as it is' }).click();
      await page.getByRole('button', { name: 'Drop what I changed' }).click();
      await page.getByText('You have changed nothing yet.').waitFor();
      expect(await seenBy(firm)).toMatchObject({ body: { description: 'Carriers see their loads.', amendments: [] } });
    });

    it('who asks is offered to follow, and follows only if it likes', async () => {
      const { page, isInOrder } = firm.phone;
      await reopen(firm.phone, `/tenders/${id}`);
      const ask = async (question: string, follows: boolean) => {
        await page.getByRole('button', { name: 'Den Auftraggeber fragen' }).click();
        await page.getByRole('dialog').locator('textarea').fill(question);
        await page.getByRole('dialog').getByLabel('Der Ausschreibung folgen').setChecked(follows);
        await isInOrder();
        await page.getByRole('dialog').getByRole('button', { name: 'Den Auftraggeber fragen' }).click();
        await page.getByText(question).waitFor();
      };
      await ask('Wie viele Lkw?', false);
      expect(await seenBy(firm)).toMatchObject({ body: { following: false } });
      await ask('Und wie viele Fahrer?', true);
      await page.getByRole('button', { name: 'Sie folgen' }).waitFor();
      expect(await seenBy(firm)).toMatchObject({ body: { following: true } });
    });

    it('a bidder throws away what it prepared, and a buyer its draft', async () => {
      const { page, goTo, isInOrder } = firm.phone;
      await goTo(`/tenders/${id}/bid/prices`);
      await page.locator('input[name^="prices"]').fill('50.000');
      await expectSaved(firm.phone);
      expect((await firm.company.tenders.bidDraft({ params: { id } })).status).toBe(200);
      await page.getByRole('button', { name: 'Entwurf verwerfen' }).click();
      await isInOrder();
      await page.getByRole('dialog').getByRole('button', { name: 'Entwurf verwerfen' }).click();
      await page.getByRole('link', { name: 'Angebot vorbereiten' }).waitFor();
      expect((await firm.company.tenders.bidDraft({ params: { id } })).status).toBe(404);
      await page.getByRole('link', { name: 'Angebot vorbereiten' }).click();
      await page.locator('input[name^="prices"]').waitFor();
      expect(await page.locator('input[name^="prices"]').inputValue()).toBe('');

      const dropped = await draft(buyer.company, 'A tender that comes to nothing (demonstration)', ['Build'], twoDays);
      await buyer.phone.goTo(`/tenders/${dropped}`);
      await say(buyer.phone, 'Drop the draft', 'The plan has changed.');
      await buyer.phone.page.getByText('The plan has changed.').waitFor();
      expect(await seenBy(buyer, dropped)).toMatchObject({ body: { status: 'cancelled' } });
    });
  });
};
