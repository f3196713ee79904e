import type { TenderChanges } from '@umuhuza/contracts/tenders/schemas';
import { eventually } from '@umuhuza/testing/eventually';
import { browserOf, type Company, expecting } from '../door.ts';
import type { Phone } from './phone.ts';

export const password = 'a long enough passphrase';

export const inSeconds = (seconds: number) => Temporal.Now.instant().add({ seconds }).toString({ fractionalSecondDigits: 3 });

/** Goes to a view as it is now, with nothing kept from before. */
export const reopen = async ({ page, goTo }: Phone, path: string) => {
  await goTo(path);
  await page.reload();
  await page.locator('main h1').first().waitFor();
};

/** Everything typed is on the server. */
export const expectSaved = async ({ page }: Pick<Phone, 'page'>): Promise<void> => {
  await page.locator('[data-state="typed"], [data-state="saving"]').waitFor({ state: 'detached' });
  await page.locator('[data-state="saved"]').waitFor();
};

/** Opens a dialog, fills in what it asks for, and sends it. */
export const say = async ({ page }: Phone, opener: string, text: string, action = opener) => {
  await page.getByRole('button', { name: opener, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('textarea').fill(text);
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** A draft of a tender of these lots, with a deadline in so many seconds. */
export const draft = async (buyer: Company, title: string, lots: string[], seconds: number, terms: TenderChanges = {}) => {
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
    deadline: inSeconds(seconds),
    ...terms,
  };
  await expecting('the terms', 200, buyer.tenders.edit({ params: { id }, headers: {}, body }));
  return id;
};

/** The same, open for bids. */
export const publish = async (...drafted: Parameters<typeof draft>) => {
  const id = await draft(...drafted);
  await expecting('publication', 200, drafted[0].tenders.publish({ params: { id }, headers: {}, body: {} }));
  return id;
};

/** Registrations reach the tenders as events, so a new firm may have to try again. */
export const bid = (by: Company, id: string, prices: Record<string, number>) =>
  eventually(() =>
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
    ),
  );

/** By what address the second person of this owner's company signs in. */
export const colleagueOf = (owner: { readonly email: string }): string => `colleague-${owner.email}`;

/** A second person of the buyer, who may evaluate too. */
export const colleagueJoins = async (url: string, organizationId: string, owner: { readonly email: string }) => {
  const [inviting, joining] = [browserOf(url), browserOf(url)];
  await inviting('POST', '/api/auth/sign-in/email', { email: owner.email, password });
  await inviting('POST', '/api/auth/organization/set-active', { organizationId });
  const email = colleagueOf(owner);
  await expecting(
    'an account',
    200,
    joining('POST', '/api/auth/sign-up/email', { email, password, name: 'Demonstration Colleague' }),
  );
  const invited = await expecting(
    'an invitation',
    200,
    inviting('POST', '/api/auth/organization/invite-member', { email, role: 'member' }),
  );
  const { id: invitationId } = invited as { readonly id: string };
  await expecting('joining', 200, joining('POST', '/api/auth/organization/accept-invitation', { invitationId }));
};
