import type { EventData } from '@umuhuza/contracts/catalogue';
import type { Heard, Reaction } from '@umuhuza/eventing/hear';
import { endReminder, setReminder } from '../reminder/reminder.ts';
import type { RemindedBooking, ReminderBook } from '../reminderBook.ts';

const ends = [
  'sandbox.BookingDeclined',
  'sandbox.BookingCancelled',
  'sandbox.BookingCompleted',
  'sandbox.GuestDidNotShow',
] as const;
type Certain = 'sandbox.BookingConfirmed' | 'sandbox.BookingRescheduled';
type Reactions = { readonly [Name in Certain | (typeof ends)[number]]: Reaction<Name> };

/** Reminders follow their booking: set when it is certain, moved with it, gone with it. */
export const keepReminders = ({ reminders }: { readonly reminders: ReminderBook }): Reactions => {
  const set = ({ data, cause }: Heard<Certain>) =>
    reminders.change(
      data.bookingId,
      (reminder) =>
        setReminder(reminder, {
          ...{ sequence: data.sequence, startsAt: data.startsAt, endsAt: data.endsAt },
          ...{ booking: remindedBooking(data), at: cause.at },
        }),
      cause,
    );
  const end = ({ data, cause }: Heard<Certain | (typeof ends)[number]>) =>
    reminders.change(data.bookingId, (reminder) => endReminder(reminder, { sequence: data.sequence }), cause);
  return {
    'sandbox.BookingConfirmed': set,
    'sandbox.BookingRescheduled': (heard) => (heard.data.status === 'confirmed' ? set(heard) : end(heard)),
    'sandbox.BookingDeclined': end,
    'sandbox.BookingCancelled': end,
    'sandbox.BookingCompleted': end,
    'sandbox.GuestDidNotShow': end,
  };
};

const remindedBooking = ({ bookingId, title, product, endsAt, place, ...said }: EventData<Certain>): RemindedBooking => ({
  bookingId,
  title,
  product: product.name,
  endsAt,
  place,
  host: { organisationId: said.host, name: said.hostName ?? said.host },
  guest: { organisationId: said.guest, name: said.guestName ?? said.guest },
});
