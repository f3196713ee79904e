import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Book, openBook, UniqueTaken } from './book.ts';
import type { CommandCause, EventCause } from './cause.ts';
import { firstAnswersOf } from './firstAnswers.ts';

/** A small aggregate to try the kernel on: a tally that counts up to a limit. */
type Tally = { readonly count: number; readonly name?: string };
type TallyFact = { readonly type: 'Counted'; readonly by: number } | { readonly type: 'Named'; readonly name: string };
type TallyBook = Book<Tally, TallyFact, 'too-high'>;

const limit = 1_000;
const count = (by: number) => (tally: Tally) =>
  tally.count + by > limit ? { refused: 'too-high' as const } : by === 0 ? [] : [{ type: 'Counted' as const, by }];
const tooHigh = { outcome: 'refused', refused: 'too-high' } as const;
const named = (name: string) => () => [{ type: 'Named' as const, name }];
const answer = (tally: Tally) => ({ status: 200, body: { count: tally.count } });

/** As it is, but for what no version has written. */
const unpack = (stored: unknown): Tally => {
  if (typeof (stored as Tally).count !== 'number') throw new Error('this is no tally');
  return stored as Tally;
};

const openTallies = (connection: Connection): Promise<TallyBook> =>
  openBook<Tally, TallyFact, 'too-high', typeof profilesEvents>(connection, {
    service: 'profiles',
    name: 'tallies',
    initial: { count: 0 },
    evolve: (tally, fact) =>
      fact.type === 'Counted' ? { ...tally, count: tally.count + fact.by } : { ...tally, name: fact.name },
    events: profilesEvents,
    publicEvents: (id) => [{ type: 'ProfileWithdrawn', data: { organisationId: id } }],
    lookup: ({ name }) => (name ? { name } : {}),
    packing: { pack: (tally) => tally, unpack },
    indexes: [[{ 'lookup.name': 1 }, { unique: true, partialFilterExpression: { 'lookup.name': { $type: 'string' } } }]],
  });

const at = '2026-11-23T12:00:00.000Z';
const later = (days: number) => new Date(Date.parse(at) + days * 24 * 3600 * 1000);
const command = (id: string, more: Partial<CommandCause> = {}): CommandCause => ({
  kind: 'command',
  id,
  fingerprint: 'same',
  repeatable: true,
  correlationId: 'request',
  actor: 'platform',
  at,
  ...more,
});
const heard = (sequence: number, aggregate = 'tenders/t1'): EventCause => ({
  kind: 'event',
  id: `${aggregate}-${sequence}`,
  aggregate,
  sequence,
  correlationId: 'request',
  actor: 'platform',
  at,
});

let backends: Leased;
let connections: Connection[];
let one: TallyBook;
let two: TallyBook;

beforeAll(async () => {
  backends = await leaseBackends();
  const dbName = backends.databaseOf('kernel');
  connections = await Promise.all(
    [1, 2].map(() => mongoose.createConnection(backends.mongoUrl, { dbName, ignoreUndefined: true }).asPromise()),
  );
  [one, two] = (await Promise.all(connections.map(openTallies))) as [TallyBook, TallyBook];
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await backends.end();
});

const documentOf = async (id: string) =>
  (await one.documents.findById(id).lean()) as {
    outbox: { sequence: number }[];
    version: number;
    commands: unknown[];
    past?: string;
  } | null;

describe('a change', () => {
  it('writes state, outbox and cause as one document', async () => {
    const change = await one.change('whole', count(2), command('whole-1'), answer);
    expect(change).toEqual({ outcome: 'done', state: { count: 2 }, answer: { status: 200, body: { count: 2 } } });
    expect(await documentOf('whole')).toMatchObject({
      version: 1,
      sequence: 1,
      state: { count: 2 },
      outbox: [
        {
          type: 'umuhuza.profiles.ProfileWithdrawn.v1',
          subject: 'whole',
          sequence: 1,
          causationid: 'whole-1',
          correlationid: 'request',
        },
      ],
      commands: [{ id: 'whole-1', answer: { status: 200, body: { count: 2 } } }],
    });
  });

  it('that was made before gives back the first answer, also at another replica', async () => {
    await one.change('again', count(1), command('again-1'), answer);
    await one.change('again', count(1), command('again-2'), answer);
    for (const book of [one, two])
      expect(await book.change('again', count(1), command('again-1'), answer)).toMatchObject({
        outcome: 'repeated',
        answer: { body: { count: 1 } },
      });
    expect(await one.find('again')).toEqual({ count: 2 });
  });

  it('that was made before gives back the first answer after a restart, status and body', async () => {
    const first = await one.create('restarted', count(1), command('restarted-1'), answer);
    await two.change('restarted', count(5), command('restarted-2'), answer);
    const connection = await mongoose
      .createConnection(backends.mongoUrl, { dbName: backends.databaseOf('kernel'), ignoreUndefined: true })
      .asPromise();
    const restarted = await openTallies(connection);
    for (const again of [restarted.create, restarted.change])
      expect(await again('restarted', count(1), command('restarted-1'), answer)).toMatchObject({
        outcome: 'repeated',
        answer: 'answer' in first ? first.answer : expect.fail('it was not answered'),
      });
    await connection.close();
  });

  it('that creates, asked for by two replicas at once, happens once, with equal answers', async () => {
    const changes = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 ? one : two).create('twice', count(2), command('twice-1'), answer)),
    );
    expect(new Set(changes.map((change) => JSON.stringify('answer' in change ? change.answer : change)))).toEqual(
      new Set([JSON.stringify({ status: 200, body: { count: 2 } })]),
    );
    expect((await documentOf('twice'))?.outbox).toHaveLength(1);
  });

  it('is not made for a key that belongs to another request', async () => {
    await one.change('other', count(1), command('other-1'), answer);
    expect(await two.change('other', count(5), command('other-1', { fingerprint: 'different' }), answer)).toEqual({
      outcome: 'key-reused',
    });
    expect(await one.find('other')).toEqual({ count: 1 });
  });

  it('asked for fifty times at once by two replicas happens once, with equal answers', async () => {
    const changes = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (n % 2 ? one : two).change('burst', count(3), command('burst-1'), answer)),
    );
    expect(changes.map((change) => ('answer' in change ? change.answer : change))).toEqual(
      changes.map(() => ({ status: 200, body: { count: 3 } })),
    );
    expect(await one.find('burst')).toEqual({ count: 3 });
    expect((await documentOf('burst'))?.outbox).toHaveLength(1);
  });

  it('loses no race: two hundred changes by two replicas all count, each with its own event in order', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => (n % 2 ? one : two).change('race', count(1), command(`race-${n}`), answer)),
    );
    expect(await one.find('race')).toEqual({ count: 200 });
    expect((await documentOf('race'))?.outbox.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 200 }, (_, n) => n + 1),
    );
  });

  it('asked for by a hundred at once for the last five places takes place five times, in few writes', async () => {
    await one.change('places', count(limit - 5), command('places-0'), answer);
    const changes = await Promise.all(
      Array.from({ length: 100 }, (_, n) => one.change('places', count(1), command(`places-${n + 1}`), answer)),
    );
    const done = changes.flatMap((change) => (change.outcome === 'done' ? [change.answer.body] : []));
    expect(done).toEqual([5, 4, 3, 2, 1].map((left) => ({ count: limit - left + 1 })));
    expect(changes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(95);
    const document = await documentOf('places');
    expect(document?.outbox.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(document?.version).toBeLessThan(5);
  });

  it('decided together with others is decided for itself: a rule that throws, a repeated key, another’s key', async () => {
    const first = one.change('crowd', count(1), command('crowd-1'), answer);
    const [thrown, counted, repeated, reused] = await Promise.allSettled([
      one.change('crowd', () => expect.fail('a broken rule'), command('crowd-2'), answer),
      one.change('crowd', count(2), command('crowd-3'), answer),
      one.change('crowd', count(2), command('crowd-3'), answer),
      one.change('crowd', count(9), command('crowd-3', { fingerprint: 'different' }), answer),
    ]);
    await first;
    expect(thrown).toMatchObject({ status: 'rejected', reason: { message: 'a broken rule' } });
    expect(counted).toMatchObject({ value: { outcome: 'done', answer: { body: { count: 3 } } } });
    expect(repeated).toMatchObject({ value: { outcome: 'repeated', answer: { body: { count: 3 } } } });
    expect(reused).toEqual({ status: 'fulfilled', value: { outcome: 'key-reused' } });
    expect(await documentOf('crowd')).toMatchObject({ version: 2, state: { count: 3 } });
  });

  it('that is refused leaves the state, its events and its lookup alone, and makes no aggregate', async () => {
    await one.change('full', count(limit), command('full-1'), answer);
    const before = await documentOf('full');
    expect(await one.change('full', count(1), command('full-2', { repeatable: false }), answer)).toEqual(tooHigh);
    expect(await documentOf('full')).toEqual(before);
    expect(await one.change('full', count(1), command('full-3'), answer)).toEqual(tooHigh);
    expect(await documentOf('full')).toEqual({ ...before, version: 2, commands: [expect.anything(), expect.anything()] });
    expect(await one.change('never', count(limit + 1), command('never-0', { repeatable: false }), answer)).toEqual(tooHigh);
    expect(await documentOf('never')).toBeNull();
    expect(await one.change('never', count(limit + 1), command('never-1'), answer)).toEqual(tooHigh);
    expect(await one.find('never')).toBeUndefined();
    expect(await documentOf('never')).toMatchObject({ sequence: 0, outbox: [], lookup: {}, absentUntil: later(7) });
  });

  it('that was refused is refused again under its key, whatever became possible meanwhile, also at another replica', async () => {
    await one.change('freed', count(limit), command('freed-1'), answer);
    const because = { refused: 'too-high', detail: 'All places are taken.' } as const;
    expect(await one.change('freed', () => because, command('freed-2'), answer)).toEqual({ outcome: 'refused', ...because });
    await one.change('freed', count(-10), command('freed-3'), answer);
    for (const book of [one, two])
      expect(await book.change('freed', count(1), command('freed-2'), answer)).toEqual({ outcome: 'refused', ...because });
    expect(await two.change('freed', count(1), command('freed-2', { fingerprint: 'different' }), answer)).toEqual({
      outcome: 'key-reused',
    });
    expect(await one.find('freed')).toEqual({ count: limit - 10 });
  });

  it.each(['change', 'create'] as const)(
    'that was refused a new aggregate (%s) never makes it, however it is sent',
    async (by) => {
      const id = `refused-${by}`;
      for (const book of [one, two]) {
        expect(await book[by](id, count(limit + 1), command(`${id}-1`), answer)).toEqual(tooHigh);
        expect(await book[by](id, count(1), command(`${id}-1`), answer)).toEqual(tooHigh);
        expect(await book[by](id, count(1), command(`${id}-1`, { fingerprint: 'different' }), answer)).toEqual({
          outcome: 'key-reused',
        });
        expect(await book.find(id)).toBeUndefined();
      }
      expect(await two[by](id, count(1), command(`${id}-2`), answer)).toMatchObject({ outcome: 'done', state: { count: 1 } });
      expect(await one[by](id, count(1), command(`${id}-1`), answer)).toEqual(tooHigh);
      expect(await one.find(id)).toEqual({ count: 1 });
      expect(await documentOf(id)).toMatchObject({ sequence: 1, outbox: [expect.anything()] });
      expect(await documentOf(id)).not.toHaveProperty('absentUntil');
    },
  );

  it.each(['change', 'create'] as const)(
    'that one replica makes and another refuses at the same time has one answer (%s)',
    async (by) => {
      const id = `both-${by}`;
      const { collection } = one.documents;
      const write = collection.bulkWrite.bind(collection);
      let late: unknown;
      const slow = vi.spyOn(collection, 'bulkWrite').mockImplementationOnce(async (...args) => {
        late = await two[by](id, () => ({ refused: 'too-high' as const }), command(id), answer);
        return write(...args);
      });
      const early = await one[by](id, count(1), command(id), answer);
      slow.mockRestore();
      expect([early, late]).toEqual([tooHigh, tooHigh]);
      expect(await one.find(id)).toBeUndefined();
    },
  );

  it('that had nothing to do where nothing is does nothing later either', async () => {
    for (const book of [one, two])
      expect(await book.change('idle', () => [], command('idle-1'), answer)).toMatchObject({ state: { count: 0 } });
    expect(await two.change('idle', count(3), command('idle-1'), answer)).toMatchObject({
      outcome: 'repeated',
      answer: { body: { count: 0 } },
    });
    expect(await one.find('idle')).toBeUndefined();
  });

  it('that was refused where nothing is keeps no event from being applied, nor is one remembered there', async () => {
    await one.change('unborn', count(limit + 1), command('unborn-1'), answer);
    await two.change('unborn', () => [], heard(1, 'tenders/unborn'));
    expect(await documentOf('unborn')).toMatchObject({ applied: [], absentUntil: later(7) });
    await two.change('unborn', count(2), heard(2, 'tenders/unborn'));
    expect(await one.find('unborn')).toEqual({ count: 2 });
    expect(await documentOf('unborn')).not.toHaveProperty('absentUntil');
  });

  it('that was refused where nothing is is forgotten by itself, seven days after the last one', async () => {
    const next = new Date(Date.parse(at) + 24 * 3600 * 1000).toISOString();
    await one.change('gone', count(limit + 1), command('gone-1'), answer);
    await one.change('gone', count(limit + 1), command('gone-2', { at: next }), answer);
    expect(await documentOf('gone')).toMatchObject({ version: 2, absentUntil: later(8) });
    expect(await one.documents.collection.indexes()).toContainEqual(
      expect.objectContaining({ key: { absentUntil: 1 }, expireAfterSeconds: 0 }),
    );
  });

  it('that one replica accepts and another refuses at the same time has one answer', async () => {
    await one.change('deadline', count(1), command('deadline-1'), answer);
    const { collection } = one.documents;
    const write = collection.bulkWrite.bind(collection);
    let late: unknown;
    const slow = vi.spyOn(collection, 'bulkWrite').mockImplementationOnce(async (...args) => {
      late = await two.change('deadline', () => ({ refused: 'too-high' as const }), command('deadline-2'), answer);
      return write(...args);
    });
    const early = await one.change('deadline', count(1), command('deadline-2'), answer);
    slow.mockRestore();
    expect([early, late]).toEqual([tooHigh, tooHigh]);
    expect(await one.find('deadline')).toEqual({ count: 1 });
  });

  it('that had nothing to do is remembered too, so that a late repetition cannot do something else', async () => {
    await one.change('quiet', count(1), command('quiet-1'), answer);
    await one.change('quiet', () => [], command('quiet-2'), answer);
    expect(await one.change('quiet', count(7), command('quiet-2'), answer)).toMatchObject({
      outcome: 'repeated',
      answer: { body: { count: 1 } },
    });
    expect(await one.find('quiet')).toEqual({ count: 1 });
  });

  it('forgets a key after seven days', async () => {
    await one.change('old', count(1), command('old-1'), answer);
    await one.change('old', count(1), command('old-2', { at: '2026-11-30T11:59:59.999Z' }), answer);
    expect((await documentOf('old'))?.commands).toHaveLength(2);
    await one.change('old', count(1), command('old-3', { at: '2026-11-30T12:00:00.001Z' }), answer);
    expect((await documentOf('old'))?.commands).toMatchObject([{ id: 'old-2' }, { id: 'old-3' }]);
  });

  describe('on an aggregate that was told more than its document holds', () => {
    /** Of such answers a document keeps the last one. */
    const large = (tally: Tally) => ({ status: 200, body: { count: tally.count, text: 'x'.repeat(70_000) } });
    const both = () => connections.map((_, n) => (n === 0 ? one : two));
    const sizeOf = async (id: string) => JSON.stringify(await documentOf(id)).length;

    it('gives back every first answer, status and body, at every replica', async () => {
      for (let n = 1; n <= 6; n++) await both()[n % 2]?.change('told', count(1), command(`told-${n}`), large);
      for (const book of both())
        for (let n = 1; n <= 6; n++)
          expect(await book.change('told', count(1), command(`told-${n}`), answer)).toEqual({
            outcome: 'repeated',
            state: { count: 6 },
            answer: { status: 200, body: { count: n, text: 'x'.repeat(70_000) } },
          });
      expect(await one.change('told', count(1), command('told-1', { fingerprint: 'different' }), answer)).toEqual({
        outcome: 'key-reused',
      });
      expect(await sizeOf('told')).toBeLessThan(200_000);
      expect(await connections[0]?.collection('answers').indexes()).toContainEqual(
        expect.objectContaining({ key: { forgottenAt: 1 }, expireAfterSeconds: 0 }),
      );
    });

    it('gives it back also to who asks in the very write that makes room', async () => {
      for (let n = 1; n <= 2; n++) await one.change('together', count(1), command(`together-${n}`), large);
      const [, third, again] = await Promise.all(
        [4, 3, 1].map((n) => one.change('together', count(1), command(`together-${n}`), large)),
      );
      expect(third).toMatchObject({ outcome: 'done' });
      expect(again).toMatchObject({ outcome: 'repeated', answer: { body: { count: 1 } } });
    });

    it('loses none to a write that fails after they were put apart, and takes none of it for told', async () => {
      for (let n = 1; n <= 2; n++) await one.change('broken', count(1), command(`broken-${n}`), large);
      const fails = vi.spyOn(one.documents.collection, 'bulkWrite').mockRejectedValueOnce(new Error('killed'));
      await expect(one.change('broken', count(1), command('broken-3'), large)).rejects.toThrow('killed');
      fails.mockRestore();
      const apart = connections[0]?.collection('answers');
      expect(await apart?.countDocuments({ _id: /"broken"/ as never })).toBeGreaterThan(0);
      expect(await apart?.countDocuments({ _id: /"broken-3"/ as never })).toBe(0);
      expect(await two.change('broken', count(10), command('broken-3'), large)).toMatchObject({
        answer: { body: { count: 12 } },
      });
      for (let n = 1; n <= 2; n++)
        expect(await one.change('broken', count(1), command(`broken-${n}`), answer)).toMatchObject({
          outcome: 'repeated',
          answer: { body: { count: n } },
        });
    });

    it('changes nothing while the answers cannot be put apart', async () => {
      for (let n = 1; n <= 2; n++) await one.change('apart', count(1), command(`apart-${n}`), large);
      const { collection } = firstAnswersOf(connections[0] as Connection);
      const fails = vi.spyOn(collection, 'bulkWrite').mockRejectedValueOnce(new Error('no room'));
      await expect(one.change('apart', count(1), command('apart-3'), large)).rejects.toThrow('no room');
      fails.mockRestore();
      expect(await documentOf('apart')).toMatchObject({ version: 2, state: { count: 2 } });
    });

    it('refuses again what was refused first, after any number of other refusals', async () => {
      await one.change('flooded', count(limit), command('flooded-0'), answer);
      const no = Array.from({ length: 640 }, (_, n) => `flooded-${n + 1}`);
      await Promise.all(no.map((id) => one.change('flooded', count(1), command(id), answer)));
      await one.change('flooded', count(-10), command('flooded-freed'), answer);
      for (const id of no.filter((_, n) => n % 40 === 0))
        for (const book of both()) expect(await book.change('flooded', count(1), command(id), answer)).toEqual(tooHigh);
      expect(await one.find('flooded')).toEqual({ count: limit - 10 });
      expect(JSON.parse((await documentOf('flooded'))?.past ?? '[]').length).toBeLessThan(600);
    });
  });

  it('does not touch events that wait when the relay removes others meanwhile', async () => {
    await one.change('relayed', count(1), command('relayed-1'), answer);
    const [first] = (await one.outbox.waiting(1_000)).filter(({ aggregate }) => aggregate === 'relayed');
    await two.change('relayed', count(1), command('relayed-2'), answer);
    const sent = (first?.envelopes ?? []).map((envelope) => ({ aggregate: 'relayed', envelope, streamSequence: 1 }));
    await one.outbox.sent(sent);
    expect((await documentOf('relayed'))?.outbox).toMatchObject([{ sequence: 2 }]);
    expect(await connections[0]?.collection('events').countDocuments({ 'envelope.subject': 'relayed' })).toBe(1);
    await one.outbox.sent(sent);
    expect(await connections[0]?.collection('events').countDocuments({ 'envelope.subject': 'relayed' })).toBe(1);
  });

  it('tells how many events wait and since when', async () => {
    const before = await one.outbox.backlog();
    await one.change('waits', count(1), command('waits-1'), answer);
    await one.change('waits', count(1), command('waits-2', { at: '2026-11-20T12:00:00.000Z' }), answer);
    const { events, oldest, atLeast } = await one.outbox.backlog();
    expect([events - before.events, oldest, atLeast]).toEqual([2, '2026-11-20T12:00:00.000Z', false]);
  });

  it('made together with others ends for itself: one is too large, one takes what is taken, one loses a race', async () => {
    await one.change('other-writer', count(1), command('other-writer-1'), answer);
    await one.change('taken', named('Musanze'), command('taken-1'), answer);
    const ended = await Promise.allSettled([
      ...Array.from({ length: 30 }, (_, n) => one.change(`beside-${n}`, count(1), command(`beside-${n}`), answer)),
      one.change('huge', named('x'.repeat(17 * 1024 ** 2)), command('huge-1'), answer),
      one.change('taken-too', named('Musanze'), command('taken-2'), answer),
      one.change('other-writer', count(1), command('other-writer-2'), answer),
      two.change('other-writer', count(1), command('other-writer-3'), answer),
    ]);
    const [huge, taken, ...raced] = ended.slice(30);
    expect(ended.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill('fulfilled'));
    expect(huge).toMatchObject({ status: 'rejected' });
    expect(taken).toMatchObject({ status: 'rejected', reason: expect.any(UniqueTaken) });
    expect(raced.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await one.find('other-writer')).toEqual({ count: 3 });
    expect(await one.find('huge')).toBeUndefined();
  });

  it('too large for its document fails alone among those who ask for the same one', async () => {
    const ended = await Promise.allSettled([
      one.change('roomy', count(1), command('roomy-1'), answer),
      one.change('roomy', count(1), command('roomy-2'), answer),
      one.change('roomy', named('x'.repeat(17 * 1024 ** 2)), command('roomy-3'), answer),
      one.change('roomy', count(1), command('roomy-4'), answer),
    ]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await one.find('roomy')).toEqual({ count: 3 });
  });

  it('of a document that cannot be read fails alone among those that are read together', async () => {
    for (const id of ['legible', 'garbled', 'legible-too']) await one.change(id, count(1), command(`${id}-1`), answer);
    await one.documents.collection.updateOne({ _id: 'garbled' as never }, { $set: { state: { count: 'many' } } });
    const ended = await Promise.allSettled(
      ['legible', 'garbled', 'legible-too', 'garbled', 'nowhere'].map((id, n) =>
        one.change(id, count(1), command(`${id}-read-${n}`), answer),
      ),
    );
    expect(ended.map((end) => (end.status === 'fulfilled' ? end.value.outcome : String(end.reason)))).toEqual([
      'done',
      'Error: this is no tally',
      'done',
      'Error: this is no tally',
      'done',
    ]);
    expect(await documentOf('garbled')).toMatchObject({ version: 1, state: { count: 'many' } });
  });

  it('of a document that is deleted by hand meanwhile leaves no half of one behind', async () => {
    await one.change('deleted', count(5), command('deleted-1'), answer);
    const change = await one.change(
      'deleted',
      (tally) => {
        if (tally.count === 5) void one.documents.collection.deleteOne({ _id: 'deleted' as never });
        return [{ type: 'Counted', by: 1 }];
      },
      command('deleted-2'),
      answer,
    );
    expect(change).toMatchObject({ outcome: 'done', state: { count: 1 } });
    expect(await documentOf('deleted')).toMatchObject({ version: 1, state: { count: 1 } });
  });

  it('that creates finds its own first try, also when it would be refused by now', async () => {
    const cause = command('create-1');
    expect(await one.create('created', count(4), cause, answer)).toMatchObject({
      outcome: 'done',
      answer: { body: { count: 4 } },
    });
    expect(await two.create('created', count(4), cause, answer)).toMatchObject({
      outcome: 'repeated',
      answer: { body: { count: 4 } },
    });
    expect(await two.create('created', count(limit + 1), cause, answer)).toMatchObject({
      outcome: 'repeated',
      answer: { body: { count: 4 } },
    });
    expect(await two.create('created', count(4), command('create-1', { fingerprint: 'different' }), answer)).toEqual({
      outcome: 'key-reused',
    });
    expect(await one.find('created')).toEqual({ count: 4 });
    expect(await one.create('uncreated', count(limit + 1), command('create-2'), answer)).toEqual(tooHigh);
  });

  it('says which value is taken when it must be unique', async () => {
    await one.change('name-1', named('Kigali'), command('name-1'), answer);
    await expect(one.change('name-2', named('Kigali'), command('name-2'), answer)).rejects.toThrow(UniqueTaken);
  });
});

describe('an event as the cause', () => {
  it('is applied once, however often it comes', async () => {
    for (let n = 0; n < 3; n++) await one.change('heard', count(1), heard(4));
    expect(await one.find('heard')).toEqual({ count: 1 });
  });

  it('still counts when a newer one of its aggregate came first', async () => {
    await one.change('late', count(1), heard(5));
    await two.change('late', count(10), heard(3));
    await one.change('late', count(10), heard(3));
    expect(await one.find('late')).toEqual({ count: 11 });
  });

  it('of another aggregate with the same number is another cause', async () => {
    await one.change('two', count(1), heard(1, 'tenders/a'));
    await one.change('two', count(1), heard(1, 'tenders/b'));
    expect(await one.find('two')).toEqual({ count: 2 });
  });

  it('that was refused or had nothing to do changes nothing when the whole stream is replayed later', async () => {
    await one.change('replay', count(limit), command('replay-1'), answer);
    await one.change('replay', count(1), heard(1));
    await one.change('replay', () => [], heard(2));
    await one.change('replay', count(-10), command('replay-2'), answer);
    await one.change('replay', count(1), heard(1));
    await one.change('replay', count(1), heard(2));
    expect(await one.find('replay')).toEqual({ count: limit - 10 });
  });
});
