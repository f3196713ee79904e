import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import { openBook } from '@umuhuza/eventing/book';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import type { Reactions } from '@umuhuza/eventing/hear';
import { openProjection } from '@umuhuza/eventing/projection';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { knowsSyncInterval, parseServerVersion } from '@umuhuza/nats/serverConfig';
import { consumerOf, maxAckPending, streamOf } from '@umuhuza/nats/streams';
import { systemClock as clock } from '@umuhuza/service/clock';
import mongoose from 'mongoose';
import pino from 'pino';
import { median, print, rounds } from './figures.ts';

const repetitions = 7;
const events = 1_000;
const parallel = 64;
const logger = pino({ level: 'warn' }, pino.destination(2));

/**
 * Events a second from the change until a subscriber has applied them, against raw JetStream publish and consume of the same payload
 * with the same parallelism and the same consumer. The two take turns.
 */
export const eventingBench = async (): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
  const system = await startSystem({ dataDir, services: [] });
  try {
    const passwords = await passwordsOf(system);
    const raw = await openRaw(system, passwords.operator ?? '');
    const whole = await openWhole(system, passwords);
    const payload = await whole.payload();
    const figures = { raw: [] as number[], projected: [] as number[], changed: [] as number[], alone: [] as number[] };
    for (const kind of ['projected', 'changed'] as const) await whole.rate(kind);
    await raw.rate(payload);
    await rounds('eventing', repetitions, async () => {
      figures.raw.push(await raw.rate(payload));
      figures.projected.push(await whole.rate('projected'));
      figures.changed.push(await whole.rate('changed'));
      figures.alone.push(await whole.alone());
    });
    await whole.stop();
    await raw.stop();
    process.stdout.write(`${raw.server}\n`);
    print('eventing', [
      { name: 'raw JetStream publish + consume', value: median(figures.raw), unit: 'events/s' },
      { name: 'changes that say nothing', value: median(figures.alone), unit: 'changes/s' },
      { name: 'change to projection', value: median(figures.projected), unit: 'events/s' },
      { name: 'change to another change', value: median(figures.changed), unit: 'events/s' },
      {
        name: 'change to projection / raw JetStream',
        value: median(figures.projected) / median(figures.raw),
        unit: 'ratio',
        aim: '>=0.5',
      },
      { name: 'change to another change / raw JetStream', value: median(figures.changed) / median(figures.raw), unit: 'ratio' },
      { name: 'size of an event', value: payload.length, unit: 'bytes' },
    ]);
  } finally {
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const passwordsOf = async ({ dataDir }: RunningSystem): Promise<Record<string, string>> =>
  (JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as { nats: Record<string, string> }).nats;

/** `count` pieces of work, `parallel` at a time. */
const inParallel = async (count: number, work: (n: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let n = next++; n < count; n = next++) await work(n);
    }),
  );
};

/** Resolves when it was counted up to the number of a round. */
const counter = () => {
  let left = 0;
  let done: () => void = () => undefined;
  return {
    count: () => {
      left -= 1;
      if (left === 0) done();
    },
    all: () => {
      left = events;
      return new Promise<void>((resolve) => {
        done = resolve;
      });
    },
  };
};

const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return events / ((performance.now() - begun) / 1_000);
};

/** What is compared with: before 2.10 JetStream acknowledges what its disk does not have yet. */
const serverInWords = (text: string): string => {
  const version = parseServerVersion(text);
  const synced = version && knowsSyncInterval(version);
  return `nats-server ${text}, ${synced ? 'each ack after a sync to disk' : 'acks before the disk has the message'}`;
};

const openRaw = async (system: RunningSystem, password: string) => {
  const nats = await connect({ servers: system.natsUrl, user: 'operator', pass: password });
  const js = jetstream(nats);
  const jsm = await jetstreamManager(nats);
  await jsm.streams.add(streamOf('bench'));
  await jsm.consumers.add('BENCH', consumerOf('bench', 'BENCH'));
  const messages = await (await js.consumers.get('BENCH', 'bench')).consume({ max_messages: maxAckPending / 2 });
  const consumed = counter();
  void (async () => {
    for await (const message of messages) {
      message.json();
      message.ack();
      consumed.count();
    }
  })();
  return {
    server: serverInWords(nats.info?.version ?? ''),
    rate: (payload: string) =>
      perSecond(async () => {
        const all = consumed.all();
        await inParallel(events, (n) => js.publish(`bench.Raw.${n}`, payload, { msgID: randomUUID() }));
        await all;
      }),
    stop: async () => {
      await messages.close();
      await nats.drain();
    },
  };
};

type Tally = { readonly count: number };

const openTallies = (connection: mongoose.Connection, name: string, tells: boolean) =>
  openBook<Tally, { readonly type: 'Counted' }, never, typeof profilesEvents>(connection, {
    service: 'profiles',
    name,
    initial: { count: 0 },
    evolve: ({ count }) => ({ count: count + 1 }),
    events: profilesEvents,
    publicEvents: () => (tells ? [{ type: 'ProfilePublished', data: profilesEvents.ProfilePublished.example }] : []),
  });

/** A service that says an event a change, and another one that hears it. */
const openWhole = async (system: RunningSystem, passwords: Record<string, string>) => {
  const connection = (service: string) =>
    mongoose.createConnection(system.mongodbUrl, { dbName: `umuhuza_${service}`, ignoreUndefined: true }).asPromise();
  const busOf = (service: string) =>
    connectBus({ service, url: system.natsUrl, user: service, password: passwords[service], logger, clock });
  const [sayer, hearer] = await Promise.all([connection('profiles'), connection('matching')]);
  const [sayerBus, hearerBus] = [await busOf('profiles'), await busOf('matching')];
  const said = await openTallies(sayer, 'said', true);
  const heard = await openTallies(hearer, 'heard', false);
  const projection = await openProjection<object>(hearer, 'projected');
  const applied = counter();
  let kind: 'projected' | 'changed' = 'projected';
  const reactions: Reactions = {
    'profiles.ProfilePublished': async ({ subject, sequence, data, cause }) => {
      if (kind === 'projected') await projection.put(subject, sequence, data);
      else await heard.change(subject, () => [{ type: 'Counted' }], cause);
      applied.count();
    },
  };
  const subscription = hearerBus.subscribe(reactions, openDeadLetters(hearer));
  const relay = sayerBus.relay(said.outbox);

  const quiet = await openTallies(sayer, 'quiet', false);

  const change = (id: string, book = said) =>
    book.change(id, () => [{ type: 'Counted' }], {
      kind: 'command',
      id: randomUUID(),
      fingerprint: 'bench',
      repeatable: true,
      correlationId: 'bench',
      actor: 'platform',
      at: clock(),
    });
  const outboxEmpty = async () => {
    while ((await said.outbox.backlog()).events > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  return {
    rate: async (wanted: typeof kind) => {
      kind = wanted;
      const round = randomUUID();
      const rate = await perSecond(async () => {
        const all = applied.all();
        await inParallel(events, (n) => change(`${round}-${n}`));
        await all;
      });
      // What is left to move belongs to this round, not to the baseline's next one.
      await outboxEmpty();
      return rate;
    },
    /** The first of the steps by itself: what the database alone allows. */
    alone: () => {
      const round = randomUUID();
      return perSecond(() => inParallel(events, (n) => change(`${round}-${n}`, quiet)));
    },
    payload: async () => {
      applied.all();
      await change('payload');
      await outboxEmpty();
      const event = await sayer.collection('events').findOne({ 'envelope.subject': 'payload' });
      return JSON.stringify(event?.envelope);
    },
    stop: async () => {
      await Promise.all([subscription.stop(), relay.stop()]);
      await Promise.all([sayerBus.stop(), hearerBus.stop()]);
      await Promise.all([sayer.close(), hearer.close()]);
    },
  };
};
