import { idFrom } from '@umuhuza/eventing/cause';
import type { CutSlot } from './hours/cutIntoSlots.ts';
import { askedBy, needsTime } from './reservations.ts';
import type { AskedTime } from './resources/fitIn.ts';
import { hasBegun } from './slot/places.ts';
import type { KnownSlot, Terms } from './slot/slot.ts';
import type { SlotBook } from './slotBook.ts';

/** One slot for its hours and its time, whoever opens it and however often: a second replica finds what the first one made. */
export const slotIdOf = (hoursId: string, { startsAt, endsAt }: CutSlot): string =>
  idFrom({ id: hoursId }, `${startsAt}/${endsAt}`);

/** Whether the host gave it another time than its hours: then its own time says nothing of whether these still have it. */
export const isMovedByHand = (hoursId: string, slot: KnownSlot): boolean => slotIdOf(hoursId, slot) !== slot.id;

/** A slot that hours have, and what is there of it. */
export type WantedSlot = CutSlot & { readonly slotId: string; readonly there: KnownSlot | undefined };

/**
 * `there` are those that were found by their start; the others are looked for by their id, for one may have been given an earlier time, and may
 * have begun.
 */
export const wantedSlots = async (
  slots: Pick<SlotBook, 'known'>,
  hoursId: string,
  cut: readonly CutSlot[],
  there: readonly KnownSlot[],
): Promise<readonly WantedSlot[]> => {
  const known = new Map(there.map((slot) => [slot.id, slot]));
  const wanted = cut.map(({ startsAt, endsAt }) => ({ startsAt, endsAt, slotId: slotIdOf(hoursId, { startsAt, endsAt }) }));
  const unseen = wanted.map(({ slotId }) => slotId).filter((id) => !known.has(id));
  for (const slot of await slots.known(unseen)) known.set(slot.id, slot);
  return wanted.map((one) => ({ ...one, there: known.get(one.slotId) }));
};

/**
 * What is still to be opened: what is not there, and what the hours themselves had closed and has not begun. What the host closed by hand stays
 * closed.
 */
export const isMissing = ({ there }: WantedSlot, at: string): boolean =>
  there === undefined || (there.status === 'closed' && there.byHours === true && !hasBegun(there, at));

/**
 * What it needs to open: a new one what its environment does; one that opens again what it needed before, or if it needed nothing then, what its
 * environment needs by now.
 */
export const neededBy = ({ there }: WantedSlot, terms: Terms): Terms => (there && needsTime(there.terms) ? there.terms : terms);

/** What opening it asks of the host's calendar. A slot that opens again does so at its own time. */
export const askedFor = (wanted: WantedSlot, terms: Terms, id: string): AskedTime => {
  const { startsAt, endsAt } = wanted.there ?? wanted;
  return askedBy(neededBy(wanted, terms), { id, slotId: wanted.slotId, startsAt, endsAt });
};
