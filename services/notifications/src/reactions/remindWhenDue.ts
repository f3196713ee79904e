import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import type { Directory } from '../directory.ts';
import type { NotificationBook } from '../notificationBook.ts';
import type { PreferencesBook } from '../preferencesBook.ts';
import { dueLeads, type Lead, reminded } from '../reminder/reminder.ts';
import type { Due, ReminderBook } from '../reminderBook.ts';
import type { Told } from '../told.ts';
import { tellPeople } from './tellPeople.ts';

export type RemindDeps = {
  readonly reminders: ReminderBook;
  readonly notifications: NotificationBook;
  readonly preferences: PreferencesBook;
  readonly directory: Directory;
  readonly clock: Clock;
};

/** How many are looked at in one round; the next round takes the rest. */
const batch = 100;

/**
 * Reminds the people of both firms, or of the host alone. A reminder’s id comes of the booking, its start, the lead and the person, so it is one, whatever
 * crashes between telling and noting, and whoever else looks.
 */
export const remindWhenDue = (deps: RemindDeps) => async (): Promise<void> => {
  const at = deps.clock();
  await eachInTurn(await deps.reminders.due(at, batch), async (due) => {
    const { due: leads, tell } = dueLeads(due.reminder, at);
    const complete = tell === undefined || (await remind(deps, due, tell));
    // Firms that identity has not told of yet are reminded once it has, unless it has begun by then.
    if (!complete) return;
    await deps.reminders.change(
      due.id,
      (reminder) => reminded(reminder, { sequence: due.reminder.sequence, due: leads }),
      timeCause('reminded', at),
    );
  });
};

const remind = async (deps: RemindDeps, { id, reminder }: Due, lead: Lead): Promise<boolean> => {
  const { booking, startsAt } = reminder;
  const { bookingId, title, product, endsAt, place, host, guest } = booking;
  const cause = { ...timeCause('reminder', deps.clock()), id: `reminder/${id}/${startsAt}/${lead}` };
  let complete = true;
  const both = [
    [guest, host],
    [host, guest],
  ] as const;
  // Only the host can say how a test ended.
  for (const [to, other] of lead === 'report' ? both.slice(1) : both) {
    const known = await deps.directory.organisation(to.organisationId);
    if (!known) complete = false;
    const told: Told = {
      kind: 'booking-reminder',
      data: { title, product, startsAt, endsAt, place, lead, bookingId },
      other,
      link: `/bookings/${bookingId}`,
    };
    const people = (known?.members ?? []).map(({ userId }) => userId);
    await tellPeople(deps, { people, organisation: to.organisationId, told, cause, idOf: (part) => idFrom(cause, part) });
  }
  return complete;
};
