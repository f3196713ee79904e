/** How long before the start somebody is reminded, in minutes; the longest first. */
export const leads = { day: 24 * 60, hour: 60 } as const;
export type Lead = keyof typeof leads;
const all = Object.keys(leads) as Lead[];

/** `sequence` is the booking’s (RFC 5545): what is older than what is known changes nothing, in whatever order events come. */
type Known = { readonly sequence: number };

/** The reminders of one booking; `B` passes through untouched. */
export type Reminder<B> =
  | { readonly status: 'none' }
  | ({ readonly status: 'set'; readonly startsAt: string; readonly booking: B; readonly left: readonly Lead[] } & Known)
  | ({ readonly status: 'over' } & Known);

export type ReminderFact<B> =
  | ({ readonly type: 'ReminderSet'; readonly startsAt: string; readonly booking: B; readonly left: readonly Lead[] } & Known)
  | ({ readonly type: 'ReminderOver' } & Known)
  | { readonly type: 'Reminded'; readonly leads: readonly Lead[] };

export type ReminderRefusal = never;

export const noReminder: Reminder<never> = { status: 'none' };

export const evolve = <B>(reminder: Reminder<B>, fact: ReminderFact<B>): Reminder<B> => {
  switch (fact.type) {
    case 'ReminderSet': {
      const { sequence, startsAt, booking, left } = fact;
      return { status: 'set', sequence, startsAt, booking, left };
    }
    case 'ReminderOver':
      return { status: 'over', sequence: fact.sequence };
    case 'Reminded':
      return reminder.status === 'set'
        ? { ...reminder, left: reminder.left.filter((lead) => !fact.leads.includes(lead)) }
        : reminder;
  }
};

export const dueAt = (startsAt: string, lead: Lead): string =>
  Temporal.Instant.from(startsAt).subtract({ minutes: leads[lead] }).toString({ fractionalSecondDigits: 3 });

const reached = (at: string, moment: string): boolean => Temporal.Instant.compare(at, moment) >= 0;
const isOlder = <B>(reminder: Reminder<B>, sequence: number): boolean =>
  reminder.status !== 'none' && sequence <= reminder.sequence;

export type SetReminder<B> = { readonly sequence: number; readonly startsAt: string; readonly booking: B; readonly at: string };

/** A certain booking is reminded of at its time. A new time is reminded of anew; what is due already was said by the booking itself. */
export const setReminder = <B>(
  reminder: Reminder<B>,
  { sequence, startsAt, booking, at }: SetReminder<B>,
): readonly ReminderFact<B>[] => {
  if (isOlder(reminder, sequence)) return [];
  const sameTime = reminder.status === 'set' && reminder.startsAt === startsAt;
  const left = sameTime ? reminder.left : all.filter((lead) => !reached(at, dueAt(startsAt, lead)));
  return [{ type: 'ReminderSet', sequence, startsAt, booking, left }];
};

/** The booking is off, over, or not certain any more. */
export const endReminder = <B>(reminder: Reminder<B>, { sequence }: Known): readonly ReminderFact<B>[] =>
  isOlder(reminder, sequence) ? [] : [{ type: 'ReminderOver', sequence }];

/** The leads that are due. Of several that fell due while nobody looked only the shortest is told, and none once it has begun. */
export const dueLeads = <B>(
  reminder: Reminder<B>,
  at: string,
): { readonly due: readonly Lead[]; readonly tell: Lead | undefined } => {
  if (reminder.status !== 'set') return { due: [], tell: undefined };
  const { startsAt, left } = reminder;
  const due = left.filter((lead) => reached(at, dueAt(startsAt, lead)));
  return { due, tell: reached(at, startsAt) ? undefined : due.at(-1) };
};

/** Noted once all were told; a booking that moved meanwhile has still to be looked at. */
export const reminded = <B>(
  reminder: Reminder<B>,
  { sequence, due }: { readonly sequence: number; readonly due: readonly Lead[] },
): readonly ReminderFact<B>[] =>
  reminder.status === 'set' && reminder.sequence === sequence && due.length > 0 ? [{ type: 'Reminded', leads: due }] : [];

/** When to look next; undefined when nothing is left to say. */
export const nextDue = <B>(reminder: Reminder<B>): string | undefined =>
  reminder.status === 'set' && reminder.left[0] ? dueAt(reminder.startsAt, reminder.left[0]) : undefined;

/** Whether a reminder that waited on its way is still true. */
export const stillTrue = <B>(reminder: Reminder<B>, startsAt: string, at: string): boolean =>
  reminder.status === 'set' && reminder.startsAt === startsAt && !reached(at, startsAt);
