import type { Envelope } from '@umuhuza/contracts/event';
import fc from 'fast-check';
import pino from 'pino';
import { expect, it } from 'vitest';
import { type RelayedOutbox, startRelay } from '../relay.ts';
import type { Model } from './explore.ts';
import { protocol } from './protocol.ts';
import { type Command, type EventId, eventId, type State } from './state.ts';

const commands: readonly Command[] = ['a', 'b', 'c'];
const model = protocol({
  commands,
  handlers: 1,
  relays: 1,
  subscribers: 0,
  workers: 1,
  staleSweeps: true,
  copies: 1,
  parks: false,
});
const unobserved = ['the client sends', 'the sweep of replica 1', 'replica 1 takes up'];

/** Whether the model can do what was observed, with whatever it does unobserved in between; the first observation it cannot. */
const firstNotAllowed = ({ initial, steps, keyOf }: Model<State>, observed: readonly string[]): string | undefined => {
  let possible = new Map([[keyOf(initial), initial]]);
  for (const observation of observed) {
    const after = new Map<string, State>();
    for (const state of possible.values())
      for (const { does, to } of steps(state)) {
        if (does.startsWith(observation) && !does.endsWith('the answer is lost')) after.set(keyOf(to), to);
        const key = keyOf(to);
        if (unobserved.some((start) => does.startsWith(start)) && !possible.has(key)) possible.set(key, to);
      }
    if (after.size === 0) return observation;
    possible = after;
  }
  return undefined;
};

/** The real relay between an outbox and a broker in memory, and in the model's words what it did with them. */
const runRelay = async (luck: () => number): Promise<string[]> => {
  const observed: string[] = [];
  const stream: EventId[] = [];
  let waiting: Envelope[] = [];
  let listener: (aggregate: string, envelopes: readonly Envelope[]) => void = () => undefined;
  // Each act takes turns of its own, so that no two fall together.
  const aWhile = async () => {
    for (let turns = luck() % 4; turns >= 0; turns--) await new Promise((resolve) => setImmediate(resolve));
  };

  const outbox: RelayedOutbox = {
    name: 'memory',
    onAnnounce: (next) => {
      listener = next;
    },
    waiting: async () => {
      const found = waiting.length > 0 ? [{ aggregate: 'x', envelopes: [...waiting] }] : [];
      await aWhile();
      return found;
    },
    sent: async (batch) => {
      const moved = batch.map(({ envelope }) => envelope.id);
      const mayFail = () => {
        if (luck() % 4 > 0) return;
        observed.push(`replica 1 cannot move ${moved.join(', ')}`);
        throw new Error('the database is away');
      };
      await aWhile();
      mayFail();
      observed.push(`replica 1 inserts into events: ${moved.join(', ')}`);
      await aWhile();
      mayFail();
      observed.push(`replica 1 pulls from the outbox: ${moved.join(', ')}`);
      waiting = waiting.filter(({ id }) => !moved.includes(id));
    },
  };

  const publish = async (envelope: Envelope) => {
    const event = envelope.id as EventId;
    await aWhile();
    const says = (what: string) => observed.push(`replica 1 publishes ${event}; ${what}`);
    const fate = luck() % 4;
    if (fate === 0) {
      says('it is lost on the way');
      throw new Error('no answer');
    }
    if (stream.includes(event)) {
      says('the broker drops the copy and acknowledges');
      return stream.indexOf(event) + 1;
    }
    stream.push(event);
    says(fate === 1 ? 'the broker stores it, but the ack is lost' : 'the broker stores and acknowledges it');
    if (fate === 1) throw new Error('no answer');
    return stream.length;
  };

  const relay = startRelay(outbox, { publish, logger: pino({ level: 'silent' }), sweepEvery: 1 });
  for (const [n, command] of commands.entries()) {
    await aWhile();
    const id = eventId(n + 1, command);
    const announced = [...waiting, { id } as Envelope];
    waiting = announced;
    observed.push(`replica 1 writes the fact of command ${command} with event ${id}`);
    if (luck() % 2) listener('x', announced);
  }
  while (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await relay.stop();
  return observed;
};

it('the real relay does nothing that the model does not', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 11 })), async (numbers) => {
      const observed = await runRelay(() => numbers.next().value);
      expect(firstNotAllowed(model, observed), observed.join('\n')).toBeUndefined();
    }),
    { numRuns: 60 },
  ),
);

it('a relay that sent out of order would be told apart', () => {
  const orderly = [
    'replica 1 writes the fact of command a with event 1a',
    'replica 1 writes the fact of command b with event 2b',
    'replica 1 publishes 1a; the broker stores and acknowledges it',
    'replica 1 inserts into events: 1a',
    'replica 1 publishes 2b; the broker stores and acknowledges it',
    'replica 1 pulls from the outbox: 1a',
  ];
  expect(firstNotAllowed(model, orderly)).toBeUndefined();
  expect(firstNotAllowed(model, orderly.with(2, orderly[4] as string))).toBe(orderly[4]);
  expect(firstNotAllowed(model, orderly.with(3, 'replica 1 inserts into events: 2b'))).toBe('replica 1 inserts into events: 2b');
  expect(firstNotAllowed(model, orderly.with(3, 'replica 1 pulls from the outbox: 1a'))).toBe(
    'replica 1 pulls from the outbox: 1a',
  );
});
