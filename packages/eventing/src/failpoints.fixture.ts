import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import mongoose from 'mongoose';
import pino from 'pino';
import { openBook } from './book.ts';
import { connectBus } from './bus.ts';
import type { CommandCause } from './cause.ts';
import { openDeadLetters } from './deadLetters.ts';
import type { Reaction } from './hear.ts';
import type { Bus } from './openBus.ts';
import { openProjection } from './projection.ts';

export type Place = {
  readonly mongoUrl: string;
  readonly database: string;
  readonly natsUrl: string;
  readonly user: string;
  readonly password: string;
};

/** What a service does with an event: the kinds there are. */
export const handlers = ['changes another aggregate', 'keeps a projection', 'is refused by a rule'] as const;
export type Handler = (typeof handlers)[number];

type Tally = { readonly count: number };
type Counted = { readonly type: 'Counted' };

const clock = () => Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });

/** A small service that says events and hears them itself, from the write to the ack. */
export const openParts = async ({ mongoUrl, database, natsUrl, user, password }: Place, handler: Handler) => {
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const mongo = await mongoose.createConnection(mongoUrl, { dbName: database }).asPromise();
  const bus: Bus = await connectBus({ service: 'profiles', url: natsUrl, user, password, logger, clock });
  const book = await openBook<Tally, Counted, 'never', typeof profilesEvents>(mongo, {
    service: 'profiles',
    name: 'tallies',
    initial: { count: 0 },
    evolve: ({ count }) => ({ count: count + 1 }),
    events: profilesEvents,
    publicEvents: (id) => [{ type: 'ProfileWithdrawn', data: { organisationId: id } }],
  });
  const projection = await openProjection<{ organisationId: string }>(mongo, 'withdrawn');
  const reactions: Readonly<Record<Handler, Reaction<'profiles.ProfileWithdrawn'>>> = {
    'changes another aggregate': async ({ subject, cause }) =>
      subject === 'source' && book.change('target', () => [{ type: 'Counted' }], cause),
    'keeps a projection': ({ subject, sequence, data }) => projection.put(subject, sequence, data),
    'is refused by a rule': ({ cause }) => book.change('source', () => ({ refused: 'never' as const }), cause),
  };
  const relay = bus.relay(book.outbox);
  const subscription = bus.subscribe({ 'profiles.ProfileWithdrawn': reactions[handler] }, openDeadLetters(mongo));
  return {
    book,
    mongo,
    /** The same command each time: a client that asks again until it has an answer. */
    command: () => book.change('source', () => [{ type: 'Counted' }], commandCause),
    stop: async () => {
      await Promise.all([subscription.stop(), relay.stop()]);
      await bus.stop();
      await mongo.close();
    },
  };
};

const commandCause: CommandCause = {
  kind: 'command',
  id: 'the-command',
  fingerprint: 'f',
  repeatable: true,
  correlationId: 'c',
  actor: 'platform',
  at: '2026-11-23T12:00:00.000Z',
};

const survivedFor = 40_000;

if (import.meta.main) {
  const [place = '', handler = ''] = process.argv.slice(2);
  const { command } = await openParts(JSON.parse(place) as Place, handler as Handler);
  await command();
  setTimeout(() => process.exit(3), survivedFor);
}
