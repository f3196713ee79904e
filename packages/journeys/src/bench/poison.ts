import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { openProjection } from '@umuhuza/eventing/projection';
import { startSystem } from '@umuhuza/local/system';
import { streamOf } from '@umuhuza/nats/streams';
import mongoose from 'mongoose';
import pino from 'pino';
import { median, print, rounds } from './figures.ts';

const repetitions = 5;
const events = 4_000;
const perSecond = 400;
/** One in so many always fails. */
const oneIn = 100;
const logger = pino({ level: 'silent' });

/**
 * How long events take from publication until they are applied while one in a hundred always fails, against the same without; and whether
 * all that fail end as dead letters. The two take turns. The wait between tries is real, but the clock is turned forward in the end.
 */
export const poisonBench = async (): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
  const system = await startSystem({ dataDir, services: [] });
  try {
    const { nats: passwords } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as {
      nats: Record<string, string>;
    };
    const operator = await connect({ servers: system.natsUrl, user: 'operator', pass: passwords.operator ?? '' });
    await (await jetstreamManager(operator)).streams.add(streamOf('profiles'));
    const js = jetstream(operator);
    const hearer = await openHearer(system, passwords.matching);

    const figures = { without: [] as Waits[], poisoned: [] as Waits[] };
    await hearer.waits(js, false);
    await rounds('poison', repetitions, async () => {
      figures.without.push(await hearer.waits(js, false));
      figures.poisoned.push(await hearer.waits(js, true));
    });
    const failing = (repetitions * events) / oneIn;
    const letters = await hearer.lettersInTheEnd(failing);
    await hearer.stop();
    await operator.drain();
    print('poison', [
      { name: 'p99 without', value: p99(figures.without), unit: 'ms' },
      { name: 'p99 while one in a hundred fails', value: p99(figures.poisoned), unit: 'ms' },
      { name: 'with / without', value: p99(figures.poisoned) / p99(figures.without), unit: 'ratio', aim: '<=2' },
      { name: 'longest wait of any sound event, without', value: longest(figures.without), unit: 'ms' },
      // Behind a failing one none waits for its second try, which comes a second later at the soonest.
      { name: 'longest wait of any sound event among failing ones', value: longest(figures.poisoned), unit: 'ms', aim: '<=1000' },
      { name: 'events that always fail', value: failing, unit: 'events' },
      { name: 'of them dead letters in the end', value: letters / failing, unit: 'share', aim: '>=1' },
      { name: 'events a second', value: perSecond, unit: 'events/s' },
    ]);
  } finally {
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** Milliseconds from publication within which 99 of 100, and all, of the events that do not fail are applied. */
type Waits = { readonly p99: number; readonly longest: number };
const p99 = (some: readonly Waits[]): number => median(some.map((one) => one.p99));
const longest = (some: readonly Waits[]): number => Math.max(...some.map((one) => one.longest));

const openHearer = async ({ natsUrl, mongodbUrl }: { natsUrl: string; mongodbUrl: string }, password: string | undefined) => {
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead).toISOString();
  const connection = await mongoose
    .createConnection(mongodbUrl, { dbName: 'umuhuza_matching', ignoreUndefined: true })
    .asPromise();
  const bus = await connectBus({ service: 'matching', url: natsUrl, user: 'matching', password, logger, clock });
  const projection = await openProjection<object>(connection, 'projected');
  const deadLetters = openDeadLetters(connection);
  const publishedAt = new Map<string, number>();
  let latencies: number[] = [];
  const subscription = bus.subscribe(
    {
      'profiles.ProfilePublished': async ({ subject, sequence, data }) => {
        if (subject.startsWith('failing')) throw new Error('it always fails');
        await projection.put(subject, sequence, data);
        const at = publishedAt.get(subject);
        if (publishedAt.delete(subject) && at !== undefined) latencies.push(performance.now() - at);
      },
    },
    deadLetters,
  );

  const publish = (js: JetStreamClient, subject: string) =>
    js.publish(
      `profiles.ProfilePublished.${subject}`,
      JSON.stringify({
        ...{ specversion: '1.0', id: randomUUID(), source: '/profiles', type: 'umuhuza.profiles.ProfilePublished.v1', subject },
        ...{ time: clock(), datacontenttype: 'application/json', sequence: 1, correlationid: 'bench', causationid: 'bench' },
        data: profilesEvents.ProfilePublished.example,
      }),
      { msgID: randomUUID() },
    );

  return {
    waits: async (js: JetStreamClient, poisoned: boolean): Promise<Waits> => {
      latencies = [];
      const round = randomUUID();
      const begun = performance.now();
      const sent: Promise<unknown>[] = [];
      for (let n = 0; n < events; n++) {
        const wait = begun + (n * 1_000) / perSecond - performance.now();
        if (wait > 1) await delay(wait);
        const subject = `${poisoned && n % oneIn === 0 ? 'failing' : 'sound'}-${round}-${n}`;
        if (subject.startsWith('sound')) publishedAt.set(subject, performance.now());
        sent.push(publish(js, subject));
      }
      await Promise.all(sent);
      while (publishedAt.size > 0) await delay(20);
      const sorted = latencies.toSorted((a, b) => a - b);
      return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN, longest: sorted.at(-1) ?? Number.NaN };
    },
    /** How many dead letters there are once every try has had its time. */
    lettersInTheEnd: async (expected: number): Promise<number> => {
      const overdueAt = performance.now() + 60_000;
      while ((await deadLetters.count()) < expected && performance.now() < overdueAt) {
        ahead += 11 * 60_000;
        await delay(1_000);
      }
      return deadLetters.count();
    },
    stop: async () => {
      await subscription.stop();
      await bus.stop();
      await connection.close();
    },
  };
};
