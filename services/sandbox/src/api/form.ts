import type { newBooking } from '@umuhuza/contracts/sandbox/schemas';
import type { z } from 'zod';
import type { Form, TermsAccepted } from '../slot/booking.ts';
import type { Slot } from '../slot/slot.ts';

/** The form as the rules take it. */
export const formFrom = (
  slot: Slot,
  { product, dataClass, acceptedTerms, mayBeNamed }: z.output<typeof newBooking>,
  user: string,
  at: string,
): Form => ({
  product,
  ...(dataClass === undefined ? {} : { dataClass }),
  ...(mayBeNamed === undefined ? {} : { mayBeNamed }),
  ...termsFrom(slot, acceptedTerms, user, at),
});

/** What was accepted is kept with the version it has here; what this slot does not ask for is not kept. */
export const termsFrom = (
  slot: Slot,
  hash: string | undefined,
  by: string,
  at: string,
): { readonly termsAccepted?: TermsAccepted } => {
  const asked = slot.status === 'none' ? undefined : slot.terms.termsOfUse;
  return asked && asked.hash === hash ? { termsAccepted: { ...asked, by, at } } : {};
};
