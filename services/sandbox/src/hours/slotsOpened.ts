import type { Hours, HoursFact } from './hours.ts';

export type SlotsOpenedUntil = { readonly revision: number; readonly until: string; readonly lookAt: string | null };

/** Noted once the slots are there; hours that were changed meanwhile have still to be told. */
export const slotsOpened = (hours: Hours, { revision, until, lookAt }: SlotsOpenedUntil): readonly HoursFact[] =>
  hours.status === 'none' || hours.revision !== revision ? [] : [{ type: 'SlotsOpened', revision, until, lookAt }];
