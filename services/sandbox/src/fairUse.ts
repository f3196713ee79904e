import { keyedQueue } from '@umuhuza/eventing/keyedQueue';
import { type Refused, refuse } from './slot/refusals.ts';
import type { SlotBook } from './slotBook.ts';
import type { Turns } from './turns.ts';

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

/** So near to a limit the replicas go one after the other: twice as many as there may be, for each may have one under way that is not counted. */
const near = 8;

/**
 * Counted in the slots themselves, by one read of an index: a count kept apart would cost a second write for each booking. The queue lets one
 * request of a company through in a process at a time; near to a limit the replicas take turns too, so that no company comes over it unless a
 * process hangs between its count and its write while others book all that is left.
 */
export const fairUseOf = (slots: Pick<SlotBook, 'openOf'>, turns: Turns, limits: FairUseLimits): FairUse => {
  const oneAtATime = keyedQueue();
  return {
    within: (what, organisation, at, act) =>
      oneAtATime(organisation, async () => {
        const most = limits[what];
        const count = () => slots.openOf(what, organisation, at);
        const decide = (open: number) => act(open < most ? undefined : tooMany(what, open, most));
        const open = await count();
        const isNear = open < most && open + near > most;
        return isNear ? turns.take(`${what}/${organisation}`, async () => decide(await count())) : decide(open);
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
