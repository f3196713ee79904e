import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { evolve, nextDue, noReminder, type Reminder, type ReminderFact, type ReminderRefusal } from './reminder/reminder.ts';
import type { Due, RemindedBooking, ReminderBook } from './reminderBook.ts';

export const openMongoReminderBook = async (connection: Connection): Promise<ReminderBook> => {
  const book = await openBook<Reminder<RemindedBooking>, ReminderFact<RemindedBooking>, ReminderRefusal, Record<string, never>>(
    connection,
    {
      service: 'notifications',
      name: 'reminders',
      initial: noReminder,
      evolve,
      events: {},
      publicEvents: () => [],
      lookup: (reminder) => {
        const due = nextDue(reminder);
        return due === undefined ? {} : { due };
      },
      indexes: [[{ 'lookup.due': 1 }, { partialFilterExpression: { 'lookup.due': { $exists: true } } }]],
    },
  );
  return {
    find: book.find,
    change: book.change,
    due: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.due': { $lte: at } }, { state: 1 })
        .sort({ 'lookup.due': 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id, state }) => ({ id: String(_id), reminder: state as Due['reminder'] }));
    },
  };
};
