import { expect, it } from 'vitest';
import { remindWhenDue } from './remindWhenDue.ts';

it('a reminder that cannot be noted keeps no others from it', async () => {
  const asked: string[] = [];
  // Both are of a lead that is past: nobody is reminded of it any more, and that is noted.
  const reminder = {
    status: 'set',
    startsAt: '2026-11-26T11:00:00.000Z',
    sequence: 0,
    left: ['day', 'hour'],
    endsAt: '2026-11-26T11:30:00.000Z',
    booking: { bookingId: 'b' },
  };
  const reminders = {
    due: async () => ['broken', 'next'].map((id) => ({ id, reminder })),
    change: async (id: string) => {
      asked.push(id);
      if (id === 'broken') throw new Error('unreadable');
    },
  };
  const directory = { organisation: async () => ({ members: [] }) };
  const round = remindWhenDue({ reminders, directory, clock: () => '2026-11-26T11:10:00.000Z' } as never);
  await expect(round()).rejects.toThrow('broken: Error: unreadable');
  expect(asked).toEqual(['broken', 'next']);
});
