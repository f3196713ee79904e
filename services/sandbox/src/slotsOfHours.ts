import { idFrom } from '@umuhuza/eventing/cause';
import type { CutSlot } from './hours/cutIntoSlots.ts';
import { askedBy } from './reservations.ts';
import type { AskedTime } from './resources/fitIn.ts';
import type { KnownSlot, Terms } from './slot/slot.ts';

/** One slot for its hours and its time, whoever opens it and however often: a second replica finds what the first one made. */
export const slotIdOf = (hoursId: string, { startsAt, endsAt }: CutSlot): string =>
  idFrom({ id: hoursId }, `${startsAt}/${endsAt}`);

/** A slot that hours have, and what is there of it. */
export type WantedSlot = CutSlot & { readonly slotId: string; readonly there: KnownSlot | undefined };

export const wantedSlots = (hoursId: string, cut: readonly CutSlot[], there: readonly KnownSlot[]): readonly WantedSlot[] => {
  const known = new Map(there.map((slot) => [slot.id, slot]));
  return cut.map(({ startsAt, endsAt }) => {
    const slotId = slotIdOf(hoursId, { startsAt, endsAt });
    return { startsAt, endsAt, slotId, there: known.get(slotId) };
  });
};

/** What is still to be opened: what is not there, and what the hours themselves had closed. What the host closed by hand stays closed. */
export const isMissing = ({ there }: WantedSlot): boolean =>
  there === undefined || (there.status === 'closed' && there.byHours === true);

/** What opening it asks of the host's calendar. A slot that opens again does so on its own terms and at its own time. */
export const askedFor = ({ slotId, startsAt, endsAt, there }: WantedSlot, terms: Terms, id: string): AskedTime =>
  there
    ? askedBy(there.terms, { id, slotId, startsAt: there.startsAt, endsAt: there.endsAt })
    : askedBy(terms, { id, slotId, startsAt, endsAt });
