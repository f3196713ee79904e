import { type Conflict, dataClasses, type Form, formOf, type Party } from './booking.ts';
import { inTime } from './passTime.ts';
import {
  attemptsOf,
  hasBegun,
  isArriving,
  isHost,
  liveBookingOf,
  liveEntryOf,
  liveHoldOf,
  mostAttempts,
  placesFree,
} from './places.ts';
import { type Refused, refuse } from './refusals.ts';
import type { KnownSlot, Slot, SlotFact } from './slot.ts';

export type BookSlot = Form & {
  readonly bookingId: string;
  readonly uid: string;
  readonly guest: Party;
  /** What the slot lacks of all it needs at once: where nobody would look, the host is asked. */
  readonly inConflict?: true | Conflict | undefined;
  /** The start that the guest read, where it said so. */
  readonly startsAt?: string | undefined;
  readonly at: string;
};

/**
 * A free place is taken at once, or the one this guest holds; where the host confirms by hand, it stays held until the host answers or the
 * slot begins.
 */
export const bookSlot = (slot: Slot, command: BookSlot): readonly SlotFact[] | Refused =>
  inTime(slot, command.at, (now) => {
    if (now.status === 'none') return refuse('no-such-slot');
    const guest = command.guest.organisationId;
    const no =
      mayNotCome(now, guest, command.at) ??
      readAnother(now, command.startsAt) ??
      mayNotTest(now, command) ??
      mustSayWhatData(now, command);
    if (no) return no;
    const entry = liveEntryOf(now, guest);
    if (entry) return refuse(entry.status === 'offered' ? 'place-held-for-you' : 'already-waiting');
    const hold = liveHoldOf(now, guest);
    if (hold) return [{ type: 'HoldBooked', holdId: hold.id, bookingId: command.bookingId }, ...placeTaken(now, command)];
    return placesFree(now) < 1 ? refuse('slot-full') : placeTaken(now, command);
  });

/** Why a company can neither book nor wait, whatever the places. */
export const mayNotCome = (slot: KnownSlot, guest: string, at: string): Refused | undefined => {
  if (slot.status === 'closed') return refuse('slot-closed');
  if (hasBegun(slot, at)) return refuse('slot-begun');
  if (isHost(slot, guest)) return refuse('own-slot');
  if (liveBookingOf(slot, guest) || isArriving(slot, guest)) return refuse('already-booked');
  const isHere = liveEntryOf(slot, guest) || liveHoldOf(slot, guest);
  if (!isHere && slot.outsideHours) return refuse('outside-hours');
  if (!isHere && attemptsOf(slot, guest) >= mostAttempts) return refuse('too-many-attempts');
  return undefined;
};

/** The guest read another time than the slot has by now. */
export const readAnother = ({ startsAt }: KnownSlot, read: string | undefined): Refused | undefined =>
  read !== undefined && read !== startsAt && Temporal.Instant.compare(read, startsAt) !== 0 ? refuse('slot-moved') : undefined;

/** The host's conditions: its terms are accepted as they stand here, and the test touches no more than the data it allows. */
export const mayNotTest = (
  { terms }: KnownSlot,
  { termsAccepted, dataClass }: Pick<Form, 'termsAccepted' | 'dataClass'>,
): Refused | undefined => {
  const { termsOfUse, data } = terms;
  if (termsOfUse && termsAccepted?.hash !== termsOfUse.hash)
    return refuse(
      'terms-not-accepted',
      `Read version ${termsOfUse.version} of the host’s terms, and send its hash ${termsOfUse.hash} as acceptedTerms.`,
    );
  if (data && dataClass && dataClasses.indexOf(dataClass) > dataClasses.indexOf(data))
    return refuse('data-not-allowed', `Here a test may touch no more than: ${data}.`);
  return undefined;
};

/** Where the host has rules for data the form says which it touches; a booking of before that moves here is not asked again. */
export const mustSayWhatData = ({ terms }: KnownSlot, { dataClass }: Pick<Form, 'dataClass'>): Refused | undefined =>
  terms.data && !dataClass ? refuse('data-class-needed', `Here a test may touch no more than: ${terms.data}.`) : undefined;

export const placeTaken = ({ terms }: KnownSlot, command: BookSlot): readonly SlotFact[] => {
  const { bookingId, uid, guest, at } = command;
  const inConflict = terms.confirmation === 'automatic' ? command.inConflict : undefined;
  const confirmed = terms.confirmation === 'automatic' && inConflict === undefined;
  const why = inConflict === undefined ? {} : { inConflict };
  return [
    { type: 'BookingRequested', bookingId, uid, guest, ...formOf(command), ...why, at },
    ...(confirmed ? [{ type: 'BookingConfirmed', bookingId, at } as const] : []),
  ];
};
