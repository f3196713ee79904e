import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Handler, handlers, openParts, type Place } from './failpoints.fixture.ts';
import { failpoints } from './failpoints.ts';

const entry = fileURLToPath(new URL('failpoints.fixture.ts', import.meta.url));
const atOnce = 3;

type Case = { readonly point: string; readonly handler: Handler; readonly pass: number };
/** Of the handler that says an event itself, each point is passed a second time. */
const cases: readonly Case[] = [
  ...failpoints.flatMap((point) => [
    ...handlers.map((handler) => ({ point, handler, pass: 1 })),
    { point, handler: 'changes another aggregate' as const, pass: 2 },
  ]),
  ...(['beforePut', 'afterPut'] as const).map((point) => ({ point, handler: 'keeps a projection' as const, pass: 1 })),
];

type Ended = {
  readonly signal: NodeJS.Signals | null;
  readonly backends: Leased;
  readonly parts: Awaited<ReturnType<typeof openParts>>;
};
const ended = new Map<Case, Ended>();

/** A process of its own handles the command and dies at the point; then this one goes on where it was. */
const killAndGoOn = async (one: Case) => {
  const backends = await leaseBackends();
  const { url: natsUrl, user, password } = backends.nats;
  const place: Place = { mongoUrl: backends.mongoUrl, database: backends.databaseOf('profiles'), natsUrl, user, password };
  const child = spawn(process.execPath, [entry, JSON.stringify(place), one.handler], {
    env: { ...process.env, FAILPOINT: `${one.point}:${one.pass}`, NODE_OPTIONS: '', NODE_COMPILE_CACHE: '.cache/compile' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const parts = await openParts(place, one.handler);
  await parts.command();
  ended.set(one, { signal, backends, parts });
};

beforeAll(async () => {
  const waiting = [...cases];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) await killAndGoOn(one);
    }),
  );
}, 240_000);
afterAll(async () => {
  for (const { parts, backends } of ended.values()) {
    await parts.stop();
    await backends.end();
  }
}, 120_000);

/** Messages that wait for the subscriber, or were delivered and not acknowledged. */
const unheard = async ({ nats }: Leased): Promise<number> => {
  const connection = await connect({ servers: nats.url, user: nats.user, pass: nats.password });
  const { num_pending, num_ack_pending } = await (await jetstreamManager(connection)).consumers.info('PROFILES', 'profiles');
  await connection.close();
  return num_pending + num_ack_pending;
};

describe('a process that dies', () => {
  it.each(cases)(
    'at $point (pass $pass) when the event $handler loses nothing and doubles nothing',
    async (one) => {
      const { signal, backends, parts } = ended.get(one) ?? expect.fail('it did not run');
      expect(signal).toBe('SIGKILL');
      const said = one.handler === 'changes another aggregate' ? ['source', 'target'] : ['source'];
      // A message that was not acknowledged comes again after four seconds; only then could it count twice.
      await eventually(
        async () => {
          expect(await unheard(backends)).toBe(0);
          const documents = await parts.book.documents.collection.find({}).toArray();
          const source = documents.find(({ _id }) => String(_id) === 'source');
          expect(source).toMatchObject({ state: { count: 1 }, sequence: 1, outbox: [] });
          const known = [{ aggregate: 'profiles/source', sequences: [1, 1] }];
          if (one.handler === 'changes another aggregate')
            expect(documents.find(({ _id }) => String(_id) === 'target')).toMatchObject({
              state: { count: 1 },
              sequence: 1,
              outbox: [],
              applied: known,
            });
          if (one.handler === 'is refused by a rule') expect(source).toMatchObject({ applied: known });
          if (one.handler === 'keeps a projection')
            expect(await parts.mongo.collection('withdrawn').find({}).toArray()).toMatchObject([
              { sequence: 1, organisationId: 'source' },
            ]);
          expect(await parts.mongo.collection('events').distinct('envelope.subject')).toEqual(said);
        },
        { within: 45_000, every: 200 },
      );
      expect((await backends.heardFrom('profiles')).map(({ subject, sequence }) => `${subject}-${sequence}`)).toEqual(
        said.map((subject) => `${subject}-1`),
      );
    },
    60_000,
  );
});
