/** Every way to say no to what is asked of a slot. */
export type SlotRefusal =
  | 'no-such-slot'
  | 'no-such-booking'
  | 'no-such-entry'
  | 'not-the-host'
  | 'hour-does-not-exist'
  | 'hour-exists-twice'
  | 'ends-before-it-starts'
  | 'starts-in-the-past'
  | 'slot-full'
  | 'slot-begun'
  | 'slot-not-begun'
  | 'slot-closed'
  | 'own-slot'
  | 'already-booked'
  | 'place-held-for-you'
  | 'places-free'
  | 'already-waiting'
  | 'waitlist-full'
  | 'too-many-attempts'
  | 'not-offered-yet'
  | 'offer-declined'
  | 'offer-accepted'
  | 'offer-expired'
  | 'booking-confirmed'
  | 'booking-declined'
  | 'booking-cancelled'
  | 'booking-completed'
  | 'guest-did-not-show'
  | 'booking-not-confirmed'
  | 'reason-needed'
  | 'capacity-below-places-taken';
export type Refused = { readonly refused: SlotRefusal; readonly detail?: string };

export const refuse = (refused: SlotRefusal, detail?: string): Refused =>
  detail === undefined ? { refused } : { refused, detail };

export const isRefused = (answer: object | string): answer is Refused => typeof answer === 'object' && 'refused' in answer;
