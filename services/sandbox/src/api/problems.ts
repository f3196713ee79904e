import type { ProblemStatus } from '@umuhuza/contracts/problem';
import { sandboxProblems } from '@umuhuza/contracts/sandbox/problems';
import { problemsOf } from '@umuhuza/service/problems';

const statuses = {
  'hosts-are-rwandan': 403,
  'no-such-environment': 404,
  'environment-closed': 409,
  'no-such-terms': 404,
  'not-the-host': 403,
  'no-such-slot': 404,
  'no-such-booking': 404,
  'no-such-entry': 404,
  'hour-does-not-exist': 422,
  'hour-exists-twice': 422,
  'ends-before-it-starts': 422,
  'starts-in-the-past': 422,
  'slot-full': 409,
  'slot-begun': 409,
  'slot-not-begun': 409,
  'slot-closed': 409,
  'own-slot': 409,
  'already-booked': 409,
  'place-held-for-you': 409,
  'places-free': 409,
  'already-waiting': 409,
  'waitlist-full': 409,
  'too-many-attempts': 409,
  'not-offered-yet': 409,
  'offer-declined': 409,
  'offer-accepted': 409,
  'offer-expired': 409,
  'booking-confirmed': 409,
  'booking-declined': 409,
  'booking-cancelled': 409,
  'booking-completed': 409,
  'guest-did-not-show': 409,
  'booking-not-confirmed': 409,
  'reason-needed': 422,
  'capacity-below-places-taken': 409,
  'unknown-cursor': 400,
} as const satisfies Record<keyof typeof sandboxProblems, ProblemStatus>;

export const { refuse, answer } = problemsOf(statuses, sandboxProblems);
