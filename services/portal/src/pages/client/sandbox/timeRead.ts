/** The start of a slot that somebody read, and whether the platform has refused it as one that moved, with the new one not shown yet. */
export type TimeRead = { readonly read: string; readonly isRefused: boolean };

export const firstRead = (startsAt: string): TimeRead => ({ read: startsAt, isRefused: false });

/** The platform said that the slot has another start by now: that one is read when it is shown. */
export const refused = ({ read }: TimeRead): TimeRead => ({ read, isRefused: true });

/** What is read once this start is shown: another one than before only by who was told that there is another, and only that one. */
export const shownAt = (known: TimeRead, startsAt: string): TimeRead =>
  known.isRefused && startsAt !== known.read ? firstRead(startsAt) : known;
