import { keyedQueue } from '@umuhuza/eventing/keyedQueue';
import { type Refused, refuse } from './slot/refusals.ts';
import type { SlotBook } from './slotBook.ts';

/** How many bookings to come, held places and places in waitlists one company may have at a time over all slots. */
export type FairUseLimits = { readonly openBookings: number; readonly openHolds: number; readonly waiting: number };

export type FairUse = {
  /**
   * Acts with the no that follows where the company has as many already. Whoever decides gives it as an answer, so that a repeated request
   * still gets its first one. Requests of one company come here one after the other.
   */
  readonly within: <Result>(
    what: keyof FairUseLimits,
    organisation: string,
    at: string,
    act: (no: Refused | undefined) => Promise<Result>,
  ) => Promise<Result>;
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
        return act(open < limits[what] ? undefined : tooMany(what, open, limits[what]));
      }),
  };
};

const tooMany = (what: keyof FairUseLimits, open: number, most: number): Refused => {
  switch (what) {
    case 'openBookings':
      return refuse('too-many-bookings', `Your company has ${open} bookings to come; ${most} is the most.`);
    case 'openHolds':
      return refuse('too-many-holds', `Your company holds ${open} places; ${most} is the most.`);
    case 'waiting':
      return refuse('waits-too-often', `Your company waits for ${open} slots; ${most} is the most.`);
  }
};
