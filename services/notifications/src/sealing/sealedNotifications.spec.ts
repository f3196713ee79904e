import { readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { expect, it } from 'vitest';
import { sealedNotifications } from './sealedNotifications.ts';

type Inbox = ReturnType<typeof sealedNotifications>;
type Documents = Parameters<Inbox['of']>[0];
type State = Parameters<Inbox['packing']['pack']>[0];

const inbox = (place: number): State =>
  ({
    ...{ recipient: 'reader', organisation: 'org', told: { kind: 'tender-cancelled' }, at: '2026-11-26T10:00:00.000Z' },
    ...{ status: 'unseen', channel: 'inbox', seenAt: null, readAt: null, touchedAt: '2026-11-26T10:00:00.000Z' },
    sealed: { place },
  }) as unknown as State;

it('finds all of a reader whatever number there was before, in one look where nothing has come since', async () => {
  const hidden = sealedNotifications(readerSeal(Buffer.alloc(32, 7)), () => expect.fail('all can be opened'));
  const rows = new Map<unknown, { _id: string; state: unknown }>();
  let looks = 0;
  const documents = {
    find: ({ 'lookup.mark': { $in: marks } }: { 'lookup.mark': { $in: readonly unknown[] } }) => ({
      lean: async () => {
        looks += 1;
        return marks.flatMap((mark) => {
          const row = rows.get(mark);
          return row ? [{ ...row, lookup: { mark } }] : [];
        });
      },
    }),
  } as unknown as Documents;
  const bring = (from: number, upTo: number) => {
    for (let place = from; place < upTo; place++)
      rows.set(hidden.lookup(inbox(place)).mark, { _id: `n-${place}`, state: hidden.packing.pack(inbox(place)) });
  };
  const idsNow = async () => (await hidden.of(documents, 'reader')).map(({ id }) => id);

  expect(await idsNow()).toEqual([]);
  for (const upTo of [1, 8, 9, 20, 90]) {
    bring(0, upTo);
    expect(await hidden.nextPlace(documents, 'reader')).toBe(upTo);
    expect(await idsNow()).toEqual(Array.from({ length: upTo }, (_, place) => `n-${place}`));
    expect(await hidden.nextPlace(documents, 'reader')).toBe(upTo);
  }
  looks = 0;
  await idsNow();
  expect(looks).toBe(1);
  // A database that was put back has fewer.
  for (const place of [89, 88, 87]) rows.delete(hidden.lookup(inbox(place)).mark);
  expect(await hidden.nextPlace(documents, 'reader')).toBe(87);
  expect(await idsNow()).toHaveLength(87);
  // Another reader's are not among them.
  expect(await hidden.of(documents, 'another')).toEqual([]);
});

it('finds those behind as many as it looks for at first that cannot be opened', async () => {
  const unreadable: string[] = [];
  const hidden = sealedNotifications(readerSeal(Buffer.alloc(32, 7)), (id) => void unreadable.push(id));
  const others = sealedNotifications(readerSeal(Buffer.alloc(32, 8)), () => expect.fail('nothing is read by it'));
  const rows = Array.from({ length: 12 }, (_, place) => ({
    _id: `n-${place}`,
    ...{ lookup: hidden.lookup(inbox(place)), state: (place < 10 ? others : hidden).packing.pack(inbox(place)) },
  }));
  const find = ({ 'lookup.mark': { $in: marks } }: { 'lookup.mark': { $in: readonly unknown[] } }) => ({
    lean: async () => rows.filter(({ lookup }) => marks.includes(lookup.mark)),
  });
  const documents = { find } as unknown as Documents;
  expect((await hidden.of(documents, 'reader')).map(({ id }) => id)).toEqual(['n-10', 'n-11']);
  expect(unreadable).toHaveLength(10);
  expect(await hidden.nextPlace(documents, 'reader')).toBe(12);
});
