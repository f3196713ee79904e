import { eventually } from '@umuhuza/testing/eventually';
import { describe, expect, it } from 'vitest';
import { expecting } from '../door.ts';
import { reopen } from './scene.ts';
import type { Actor } from './stage.ts';

/** Two who express interest, and the firm they would like to work with, which reads German. */
export type Cast = Readonly<Record<'firm' | 'one' | 'other', Pick<Actor, 'company' | 'phone'>>>;

/** How a firm answers who would like to work with it; told after the procedure, on the same phones. */
export const describeInterests = (isThere: boolean, cast: () => Cast): void => {
  describe.skipIf(!isThere)('an interest, on the same phones', () => {
    it('is accepted with a contact or declined with a reason by the firm, and each side reads what came of it', async () => {
      const { firm, one, other } = cast();
      const to = firm.company.organisationId;
      for (const { company } of [one, other])
        await eventually(() =>
          expecting(
            'an interest',
            201,
            company.matching.expressInterest({
              body: { to, message: `From ${company.name}`, contact: { name: company.name, email: company.email }, consent: true },
              headers: {},
            }),
          ),
        );
      const { page, isInOrder } = firm.phone;
      const lineOf = ({ company }: Cast['one']) => page.getByRole('listitem').filter({ hasText: `From ${company.name}` });
      await reopen(firm.phone, '/contacts');
      await lineOf(one).getByText('Interesse annehmen').first().click();
      await lineOf(one).locator('input[name="contact.phone"]').fill('+250 788 000 000');
      await lineOf(one).locator('input[name="consent"]').check();
      await isInOrder();
      await lineOf(one).getByRole('button', { name: 'Interesse annehmen' }).click();
      await lineOf(one)
        .getByText(/^(Angenommen|Vorgestellt)$/)
        .waitFor();

      await lineOf(other).getByText('Interesse ablehnen').first().click();
      await lineOf(other).locator('textarea').fill('Wir sind ausgebucht.');
      await lineOf(other).getByRole('button', { name: 'Interesse ablehnen' }).click();
      await lineOf(other).getByText('Wir sind ausgebucht.').waitFor();
      await expect.poll(() => page.getByRole('button', { name: /^Interesse/ }).count()).toBe(0);
      await isInOrder();

      await reopen(one.phone, '/contacts');
      await one.phone.page.getByText('+250 788 000 000').first().waitFor();
      await reopen(other.phone, '/contacts');
      await other.phone.page.getByText('Wir sind ausgebucht.').waitFor();
      expect(await other.phone.page.getByText(firm.company.email).count()).toBe(0);
    });
  });
};
