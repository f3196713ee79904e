import type { Book } from '@umuhuza/eventing/book';
import type { Reminder, ReminderFact, ReminderRefusal } from './reminder/reminder.ts';

/** What a reminder tells, of whom and to whom. */
export type RemindedBooking = {
  readonly bookingId: string;
  readonly title: string;
  readonly product: string;
  readonly endsAt: string;
  readonly place: string;
  readonly host: { readonly organisationId: string; readonly name: string };
  readonly guest: { readonly organisationId: string; readonly name: string };
};

export type Due = { readonly id: string; readonly reminder: Extract<Reminder<RemindedBooking>, { status: 'set' }> };

/** The reminders of bookings, by the booking’s id. */
export type ReminderBook = Pick<
  Book<Reminder<RemindedBooking>, ReminderFact<RemindedBooking>, ReminderRefusal>,
  'find' | 'change'
> & {
  readonly due: (at: string, limit: number) => Promise<Due[]>;
};
