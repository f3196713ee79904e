import type { Blackout } from './cutIntoSlots.ts';

/** A company as it was known when it acted here; the name is null where it had not been learned yet. */
export type Host = { readonly organisationId: string; readonly name: string | null };

/**
 * Hours that come again by a rule of RFC 5545. `startsOn` is the first day it may fall on (DTSTART), `exdates` are days it does not come
 * (EXDATE), `rdates` days it comes besides (RDATE); all of them local days.
 */
export type Window = {
  readonly startsOn: string;
  readonly from: string;
  readonly to: string;
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
};

export type Plan = {
  readonly timeZone: string;
  readonly windows: readonly Window[];
  readonly blackouts: readonly (Blackout & { readonly reason?: string | undefined })[];
  readonly slotMinutes: number;
  readonly bufferMinutes: number;
  readonly capacity: number;
};

/** What becomes of slots that somebody has booked and that the hours no longer have: told when the hours are changed or ended. */
export type InUse = { readonly what: 'keep' | 'cancel'; readonly reason: string };

type Known = {
  readonly id: string;
  readonly environmentId: string;
  readonly host: Host;
  readonly plan: Plan;
  readonly openedAt: string;
  readonly changedAt: string;
  /** Counts the changes; what the slots were told last is `applied`. */
  readonly revision: number;
  readonly applied: number;
  /** The number of places changed since the slots were told last; otherwise each slot keeps its own. */
  readonly placesChanged: boolean;
  readonly inUse: InUse | null;
  /** Slots that start before this instant have been opened. */
  readonly openedUntil: string | null;
  /** When to look again; null once there is nothing more to open. */
  readonly lookAt: string | null;
};
export type OpenHours = { readonly status: 'open' } & Known;
export type EndedHours = { readonly status: 'ended'; readonly reason: string } & Known;
export type KnownHours = OpenHours | EndedHours;

/** Opening hours of a test environment, from which slots are opened ahead. */
export type Hours = { readonly status: 'none' } | KnownHours;

export type HoursFact =
  | {
      readonly type: 'HoursOpened';
      readonly hoursId: string;
      readonly environmentId: string;
      readonly host: Host;
      readonly plan: Plan;
      readonly at: string;
    }
  | { readonly type: 'HoursChanged'; readonly plan: Plan; readonly inUse: InUse | null; readonly at: string }
  | { readonly type: 'HoursEnded'; readonly reason: string; readonly inUse: InUse | null; readonly at: string }
  | { readonly type: 'SlotsOpened'; readonly revision: number; readonly until: string; readonly lookAt: string | null };

export const noHours: Hours = { status: 'none' };

export const evolve = (hours: Hours, fact: HoursFact): Hours => {
  if (fact.type === 'HoursOpened') {
    const { hoursId: id, environmentId, host, plan, at } = fact;
    const untold = { revision: 1, applied: 0, placesChanged: false, inUse: null, openedUntil: null, lookAt: at };
    return { status: 'open', id, environmentId, host, plan, openedAt: at, changedAt: at, ...untold };
  }
  if (hours.status === 'none') return hours;
  switch (fact.type) {
    case 'HoursChanged':
      return {
        ...hours,
        ...untoldAfter(hours, fact),
        plan: fact.plan,
        placesChanged: hours.placesChanged || fact.plan.capacity !== hours.plan.capacity,
      };
    case 'HoursEnded':
      return { ...hours, ...untoldAfter(hours, fact), status: 'ended', reason: fact.reason };
    case 'SlotsOpened':
      return {
        ...hours,
        applied: fact.revision,
        placesChanged: false,
        inUse: null,
        openedUntil: fact.until,
        lookAt: fact.lookAt,
      };
  }
};

const untoldAfter = ({ revision }: KnownHours, { inUse, at }: { readonly inUse: InUse | null; readonly at: string }) => ({
  revision: revision + 1,
  inUse,
  changedAt: at,
  lookAt: at,
});
