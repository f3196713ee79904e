/** Every way to say no to what is asked of opening hours. */
export type HoursRefusal =
  | 'no-such-hours'
  | 'not-the-host'
  | 'hours-ended'
  | 'no-such-recurrence'
  | 'ends-before-it-starts'
  | 'no-slot-fits'
  | 'too-many-slots'
  | 'slots-in-use'
  | 'no-such-environment'
  | 'environment-closed';
export type Refused = { readonly refused: HoursRefusal; readonly detail?: string };

export const refuse = (refused: HoursRefusal, detail?: string): Refused =>
  detail === undefined ? { refused } : { refused, detail };

export const isRefused = (answer: object): answer is Refused => 'refused' in answer;
