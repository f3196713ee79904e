import { keyedQueue } from '@umuhuza/eventing/keyedQueue';
import type { SlotBook } from './slotBook.ts';

/** How many bookings to come, and how many held places, one company may have at a time over all slots. */
export type FairUseLimits = { readonly openBookings: number; readonly openHolds: number };

export type FairUse = {
  /** Does it unless the company has as many already. Requests of one company come here one after the other. */
  readonly within: <Result>(
    what: keyof FairUseLimits,
    organisation: string,
    at: string,
    act: () => Promise<Result>,
  ) => Promise<Result | { readonly refused: 'too-many-bookings' | 'too-many-holds'; readonly detail: string }>;
};

/**
 * Counted in the slots themselves, by one read of an index: a count kept apart would cost a second write for each booking. The queue makes it
 * exact within a process; of several replicas each may let one more through at the same instant.
 */
export const fairUseOf = (slots: Pick<SlotBook, 'openOf'>, limits: FairUseLimits): FairUse => {
  const oneAtATime = keyedQueue();
  return {
    within: (what, organisation, at, act) =>
      oneAtATime(organisation, async () => {
        const open = await slots.openOf(what, organisation, at);
        if (open < limits[what]) return act();
        return what === 'openBookings'
          ? {
              refused: 'too-many-bookings',
              detail: `Your company has ${open} bookings to come; ${limits.openBookings} is the most.`,
            }
          : { refused: 'too-many-holds', detail: `Your company holds ${open} places; ${limits.openHolds} is the most.` };
      }),
  };
};
