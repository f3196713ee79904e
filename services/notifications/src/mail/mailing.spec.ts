import { expect, it } from 'vitest';
import { openMailing } from './mailing.ts';

it('mails whose attempts cannot be noted keep no others from being sent', async () => {
  const asked: string[] = [];
  const due = [...Array.from({ length: 5 }, (_, n) => `broken-${n}`), 'next'];
  const notifications = {
    due: async () => due.map((id) => ({ id, mail: {} })),
    change: async (id: string) => {
      asked.push(id);
      if (id !== 'next') throw new Error(`no ${id}`);
      return { outcome: 'refused' };
    },
  };
  const mailing = openMailing({ notifications, clock: () => '2026-11-26T12:00:00.000Z' } as never);
  await expect(mailing.sendDue()).rejects.toThrow('no broken-0');
  expect(asked).toEqual(due);
});
