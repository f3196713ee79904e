import type { Envelope } from '@umuhuza/contracts/event';
import fc from 'fast-check';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import type { Outbox, Waiting } from './outbox.ts';
import { EventRefused, startRelay } from './relay.ts';

const envelopeOf = (aggregate: string, sequence: number): Envelope => ({
  specversion: '1.0',
  id: `${aggregate}-${sequence}`,
  source: '/profiles',
  type: 'umuhuza.profiles.ProfileWithdrawn.v1',
  subject: aggregate,
  time: '2026-11-23T12:00:00Z',
  datacontenttype: 'application/json',
  sequence,
  correlationid: 'c',
  causationid: 'c',
  data: {},
});

/** An outbox in memory: documents with what waits, and the events moved out of them. */
const memoryOutbox = (failsToMove: () => boolean = () => false) => {
  const documents = new Map<string, Envelope[]>();
  const moved: string[] = [];
  let listener: (aggregate: string, envelopes: readonly Envelope[]) => void = () => undefined;
  const outbox: Pick<Outbox, 'name' | 'announce' | 'onAnnounce' | 'waiting' | 'sent'> = {
    name: 'memory',
    announce: (aggregate, envelopes) => listener(aggregate, envelopes),
    onAnnounce: (next) => {
      listener = next;
    },
    waiting: async (limit, without = []) =>
      [...documents]
        .filter(([aggregate, envelopes]) => envelopes.length > 0 && !without.includes(aggregate))
        .slice(0, limit)
        .map(([aggregate, envelopes]): Waiting => ({ aggregate, envelopes: [...envelopes] })),
    sent: async (batch) => {
      if (failsToMove()) throw new Error('the database is away');
      for (const {
        aggregate,
        envelope: { id },
      } of batch) {
        const waiting = documents.get(aggregate) ?? [];
        if (waiting.some((envelope) => envelope.id === id)) moved.push(id);
        documents.set(
          aggregate,
          waiting.filter((envelope) => envelope.id !== id),
        );
      }
    },
  };
  const write = (aggregate: string, sequence: number, announced = true) => {
    const waiting = [...(documents.get(aggregate) ?? []), envelopeOf(aggregate, sequence)];
    documents.set(aggregate, waiting);
    if (announced) outbox.announce(aggregate, waiting);
  };
  return { outbox, write, moved, left: () => [...documents.values()].flat().map(({ id }) => id) };
};

const logger = pino({ level: 'silent' });
const emptied = async (left: () => readonly string[]) => {
  for (let round = 0; left().length > 0 && round < 2_000; round++) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(left()).toEqual([]);
};

describe('the relay', () => {
  it('sends what was announced, in order, and moves it out of the outbox after the ack', async () => {
    const { outbox, write, moved, left } = memoryOutbox();
    const published: string[] = [];
    const relay = startRelay(outbox, { logger, publish: async ({ id }) => published.push(id) });
    for (let n = 1; n <= 5; n++) write('a', n);
    await emptied(left);
    await relay.stop();
    expect(published).toEqual(['a-1', 'a-2', 'a-3', 'a-4', 'a-5']);
    expect(moved).toEqual(published);
  });

  it('finds what a crash left behind, though nobody announced it', async () => {
    const { outbox, write, left } = memoryOutbox();
    write('a', 1, false);
    const relay = startRelay(outbox, { logger, publish: async () => 1, sweepEvery: 5 });
    await emptied(left);
    await relay.stop();
  });

  it('keeps an event in the outbox until the broker has acknowledged it', async () => {
    const { outbox, write, left } = memoryOutbox();
    let answer: (streamSequence: number) => void = () => undefined;
    const relay = startRelay(outbox, { logger, sweepEvery: 5, publish: () => new Promise((resolve) => (answer = resolve)) });
    write('a', 1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(left()).toEqual(['a-1']);
    answer(1);
    await emptied(left);
    await relay.stop();
  });

  it('loses nothing and keeps each aggregate’s order, whatever fails in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ aggregate: fc.constantFrom('a', 'b', 'c'), announced: fc.boolean() }), {
          minLength: 1,
          maxLength: 25,
        }),
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        async (writes, luck) => {
          const fails = () => luck.next().value === 0;
          const { outbox, write, left } = memoryOutbox(fails);
          const stored: Envelope[] = [];
          const publish = async (envelope: Envelope) => {
            if (fails()) throw new Error('the broker is away');
            if (!stored.some(({ id }) => id === envelope.id)) stored.push(envelope);
            if (fails()) throw new Error('stored, but the ack was lost');
            return stored.length;
          };
          const relays = [1, 2].map(() => startRelay(outbox, { logger, publish, sweepEvery: 1 }));
          const counts = new Map<string, number>();
          for (const { aggregate, announced } of writes) {
            const n = (counts.get(aggregate) ?? 0) + 1;
            counts.set(aggregate, n);
            write(aggregate, n, announced);
            await Promise.resolve();
          }
          await emptied(left);
          await Promise.all(relays.map((relay) => relay.stop()));
          for (const [aggregate, count] of counts)
            expect(stored.filter(({ subject }) => subject === aggregate).map(({ sequence }) => sequence)).toEqual(
              Array.from({ length: count }, (_, n) => n + 1),
            );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('holds little in memory while the broker is away: the outbox is the queue', async () => {
    const { outbox, write, left } = memoryOutbox();
    let tries = 0;
    let away = true;
    const publish = async () => {
      tries += 1;
      if (away) throw new Error('the broker is away');
      return tries;
    };
    const relay = startRelay(outbox, { logger, publish, sweepEvery: 20, batch: 4 });
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 1; n <= 500; n++) {
      write(`a${n}`, 1);
      await Promise.resolve();
    }
    expect(tries).toBeLessThan(50);
    expect(left()).toHaveLength(500);
    away = false;
    await emptied(left);
    await relay.stop();
  });

  it('sends what waited through an outage no more than a batch at a time', async () => {
    const { outbox, write, left } = memoryOutbox();
    for (let n = 0; n < 200; n++) write(`a${n}`, 1, false);
    let underWay = 0;
    let most = 0;
    const publish = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return 1;
    };
    const relay = startRelay(outbox, { logger, publish, batch: 10, sweepEvery: 5 });
    await emptied(left);
    await relay.stop();
    expect(most).toBe(10);
  });

  it('looks at once for what was announced when its memory was full, not at the next sweep', async () => {
    const { outbox, write, left } = memoryOutbox();
    const relay = startRelay(outbox, { logger, publish: async () => 1, most: 4, sweepEvery: 600_000 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (let n = 0; n < 50; n++) write(`a${n}`, 1);
    await emptied(left);
    await relay.stop();
  });

  it('keeps nobody else back for an event that the broker refuses, and names it once', async () => {
    const { outbox, write, left, moved } = memoryOutbox();
    const lines: { event?: string; type?: string }[] = [];
    const telling = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) });
    let takes = false;
    let tries = 0;
    const publish = async ({ id }: Envelope) => {
      if (id === 'large-1') tries += 1;
      if (id === 'large-1' && !takes) throw new EventRefused('it is larger than the broker takes');
      return 1;
    };
    const relay = startRelay(outbox, { logger: telling, publish, sweepEvery: 20, sweepsToRefused: 1 });
    write('large', 1);
    write('large', 2);
    await expect.poll(() => tries).toBeGreaterThan(3);
    // Announced, it leaves at once: no sweep finds it, since none is due before the next assertion.
    write('other', 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(moved).toEqual(['other-1']);
    expect(left()).toEqual(['large-1', 'large-2']);
    expect(lines).toMatchObject([{ event: 'large-1', type: 'umuhuza.profiles.ProfileWithdrawn.v1', aggregate: 'large' }]);
    takes = true;
    await emptied(left);
    expect(moved).toEqual(['other-1', 'large-1', 'large-2']);
    await relay.stop();
  });

  it('goes on with the others where more are refused than it looks at in one go, and tries those again only now and then', async () => {
    const { outbox, write, left, moved } = memoryOutbox();
    for (let n = 0; n < 100; n++) write(`large${n}`, 1, false);
    for (let n = 0; n < 20; n++) write(`other${n}`, 1, false);
    let takes = false;
    let tries = 0;
    let looks = 0;
    const publish = async ({ subject }: Envelope) => {
      if (takes || subject.startsWith('other')) return 1;
      tries += 1;
      throw new EventRefused('it is larger than the broker takes');
    };
    const waiting: Outbox['waiting'] = async (...look) => {
      looks += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return outbox.waiting(...look);
    };
    const relay = startRelay({ ...outbox, waiting }, { logger, publish, batch: 10, sweepEvery: 5, sweepsToRefused: 200 });
    await expect.poll(() => moved.length).toBe(20);
    write('large1', 2);
    const seen = looks;
    await expect.poll(() => looks).toBeGreaterThan(seen + 3);
    expect(tries).toBe(100);
    // Of what is refused the later events wait, too.
    expect(left()).toHaveLength(101);
    takes = true;
    await emptied(left);
    await relay.stop();
  });

  it('sends again what it cannot move out of the outbox at its pace, however much there is', async () => {
    let cannotMove = true;
    let moves = 0;
    const { outbox, write, left } = memoryOutbox(() => {
      moves += 1;
      // One that does not pause would keep this spec from ever ending.
      return cannotMove && moves < 100;
    });
    for (let n = 1; n <= 8; n++) write(`a${n}`, 1, false);
    const relay = startRelay(outbox, { logger, publish: async () => 1, sweepEvery: 50, batch: 4 });
    await new Promise((resolve) => setTimeout(resolve, 220));
    expect(moves).toBeLessThanOrEqual(8);
    cannotMove = false;
    await emptied(left);
    await relay.stop();
  });
});
