import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { consumerOf, streamOf } from '@umuhuza/nats/streams';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeclarationDiffers, ensureConsumer, ensureStream } from './declare.ts';

let backends: Leased;
let nats: NatsConnection;
let jsm: JetStreamManager;

beforeAll(async () => {
  backends = await leaseBackends();
  nats = await connect({ servers: backends.nats.url, user: backends.nats.user, pass: backends.nats.password });
  jsm = await jetstreamManager(nats);
});
afterAll(async () => {
  await nats.drain();
  await backends.end();
});

const heardBy = async (stream: string, subscriber: string, n: number) => {
  const consumer = await jetstream(nats).consumers.get(stream, subscriber);
  const heard: string[] = [];
  for await (const message of await consumer.fetch({ max_messages: n, expires: 1_000 })) {
    heard.push(message.subject);
    await message.ackAck();
  }
  return heard;
};

describe('a stream as it is declared', () => {
  const declared = { ...streamOf('matching'), max_bytes: 20_000 };
  beforeAll(async () => {
    await jsm.streams.add(declared);
  });

  it('refuses what it has no room for, and keeps what it holds', async () => {
    const js = jetstream(nats);
    const fill = async () => {
      for (let n = 0; n < 100; n++) await js.publish(`matching.FirmsMatched.${n}`, 'x'.repeat(3_000));
    };
    await expect(fill()).rejects.toThrow(/maximum bytes exceeded/);
    const { state } = await jsm.streams.info('MATCHING');
    expect([state.first_seq, state.messages]).toEqual([1, state.last_seq]);
  });

  it('lets nobody delete or purge what was said', async () => {
    await expect(jsm.streams.purge('MATCHING')).rejects.toThrow();
    await expect(jsm.streams.deleteMessage('MATCHING', 1)).rejects.toThrow();
  });

  it('keeps one copy of an event that two relays send minutes apart', async () => {
    expect((await jsm.streams.info('MATCHING')).config.duplicate_window).toBe(600_000_000_000);
    await ensureStream(jsm, 'identity');
    const js = jetstream(nats);
    for (const duplicate of [false, true])
      expect(await js.publish('identity.MembersChanged.o1', '{}', { msgID: 'one' })).toMatchObject({ seq: 1, duplicate });
  });
});

describe('a stream that an older version declared', () => {
  it('is brought up to its declaration, and keeps what it holds', async () => {
    await jsm.streams.add({ ...streamOf('profiles'), max_age: 3_600_000_000_000, max_bytes: 1024 ** 3 });
    await jetstream(nats).publish('profiles.ProfileWithdrawn.o1', '{}');
    const { config, state } = await ensureStream(jsm, 'profiles');
    expect(config).toMatchObject(streamOf('profiles'));
    expect(state.messages).toBe(1);
  });

  it('that the broker refuses to change ends the start with the settings that differ', async () => {
    await jsm.streams.add({ ...streamOf('tenders'), storage: 'memory', max_bytes: 1024 ** 2 });
    const failure = await ensureStream(jsm, 'tenders').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeclarationDiffers);
    expect((failure as DeclarationDiffers).differences).toEqual([
      { setting: 'storage', declared: 'file', existing: 'memory' },
      { setting: 'max_bytes', declared: 4 * 1024 ** 3, existing: 1024 ** 2 },
    ]);
    expect((failure as DeclarationDiffers).message).toContain('storage is "memory", declared is "file"');
    expect((await jsm.streams.info('TENDERS')).config.storage).toBe('memory');
  });
});

describe('a consumer that an older version declared', () => {
  const subjects = ['sandbox.A.1', 'sandbox.A.2', 'sandbox.A.3', 'sandbox.A.4', 'sandbox.A.5'];

  it('is brought up to its declaration and goes on where it was', async () => {
    await ensureStream(jsm, 'sandbox');
    for (const subject of subjects) await jetstream(nats).publish(subject, '{}');
    const older = { ...consumerOf('matching', 'SANDBOX'), ack_wait: 5_000_000_000, max_ack_pending: 16 };
    await ensureConsumer(jsm, 'matching', 'SANDBOX', older);
    expect(await heardBy('SANDBOX', 'matching', 2)).toEqual(subjects.slice(0, 2));
    await ensureConsumer(jsm, 'matching', 'SANDBOX');
    expect((await jsm.consumers.info('SANDBOX', 'matching')).config).toMatchObject(consumerOf('matching', 'SANDBOX'));
    expect(await heardBy('SANDBOX', 'matching', 3)).toEqual(subjects.slice(2));
  });

  it('is made anew at its place where the broker refuses the change', async () => {
    await jsm.consumers.add('SANDBOX', { ...consumerOf('tenders', 'SANDBOX'), ack_policy: 'all' });
    expect(await heardBy('SANDBOX', 'tenders', 2)).toEqual(subjects.slice(0, 2));
    await ensureConsumer(jsm, 'tenders', 'SANDBOX');
    expect((await jsm.consumers.info('SANDBOX', 'tenders')).config.ack_policy).toBe('explicit');
    expect(await heardBy('SANDBOX', 'tenders', 3)).toEqual(subjects.slice(2));
    await ensureConsumer(jsm, 'tenders', 'SANDBOX');
    expect((await jsm.consumers.info('SANDBOX', 'tenders')).config.opt_start_seq).toBe(3);
  });
});
