import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { inboxOf } from '@umuhuza/nats/permissions';
import { consumerOf, streamOf } from '@umuhuza/nats/streams';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NatsStartFailed, type RunningNats, startNats } from './startNats.ts';

const users = { tenders: 'of tenders "$1"', profiles: 'of profiles', operator: 'of the operator' };
let dataDir: string;
let nats: RunningNats;
const connections: NatsConnection[] = [];

const as = async (user: keyof typeof users, inboxPrefix = inboxOf(user)): Promise<NatsConnection> => {
  const connection = await connect({ servers: nats.url, user, pass: users[user], inboxPrefix, reconnect: false });
  connections.push(connection);
  return connection;
};
const managerOf = async (user: keyof typeof users) => jetstreamManager(await as(user), { timeout: 1_000 });
const refused = expect.objectContaining({ message: expect.stringMatching(/permissions violation/i) });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-nats-'));
  nats = await startNats({ dataDir, port: 0, users });
  for (const service of ['tenders', 'profiles'] as const) await (await managerOf(service)).streams.add(streamOf(service));
}, 120_000);
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
});
afterAll(async () => {
  await nats?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a service on the bus', () => {
  it('keeps its own stream: adds it again, reads it and updates it', async () => {
    const jsm = await managerOf('tenders');
    const added = await jsm.streams.add(streamOf('tenders'));
    expect(added.config.deny_delete).toBe(true);
    const updated = await jsm.streams.update('TENDERS', { max_age: added.config.max_age + 1_000_000_000 });
    expect(updated.config.max_age).toBe(added.config.max_age + 1_000_000_000);
    expect((await jsm.streams.info('PROFILES')).config.subjects).toEqual(['profiles.>']);
    expect(await jsm.streams.find('profiles.ProfilePublished.p1')).toBe('PROFILES');
  });

  it('publishes its own events, and the same event twice is stored once', async () => {
    const js = jetstream(await as('tenders'));
    const first = await js.publish('tenders.TenderPublished.t1', 'a', { msgID: 'event-1' });
    const again = await js.publish('tenders.TenderPublished.t1', 'a', { msgID: 'event-1' });
    expect([first.duplicate, again.duplicate, again.seq]).toEqual([false, true, first.seq]);
  });

  it('hears another service through its own durable consumer: acks, takes back, hears again', async () => {
    const js = jetstream(await as('profiles'));
    for (const id of ['p1', 'p2', 'p3']) await js.publish(`profiles.ProfilePublished.${id}`, id, { msgID: `heard-${id}` });
    const listener = await as('tenders');
    const jsm = await jetstreamManager(listener);
    const wanted = { ...consumerOf('tenders', 'PROFILES'), ack_policy: AckPolicy.Explicit };
    await jsm.consumers.add('PROFILES', wanted);
    await jsm.consumers.add('PROFILES', wanted);
    const consumer = await jetstream(listener).consumers.get('PROFILES', 'tenders');
    const heard: string[] = [];
    const messages = await consumer.consume({ max_messages: 10 });
    for await (const message of messages) {
      heard.push(`${message.string()} ${message.info.deliveryCount}`);
      message.working();
      if (message.string() === 'p2' && message.info.deliveryCount === 1) message.nak(50);
      else expect(await message.ackAck()).toBe(true);
      if (heard.length === 4) break;
    }
    await messages.close();
    await listener.flush(); // The server must know that nobody waits there any more before the next event comes.
    expect(heard).toEqual(['p1 1', 'p2 1', 'p3 1', 'p2 2']);

    await js.publish('profiles.ProfilePublished.p4', 'p4');
    for await (const message of await consumer.fetch({ max_messages: 1, expires: 5_000 })) {
      expect(message.string()).toBe('p4');
      await message.ackAck();
    }
    expect(await consumer.info()).toMatchObject({ num_ack_pending: 0, num_pending: 0 });
    expect(await jsm.consumers.delete('PROFILES', 'tenders')).toBe(true);
  });

  it('cannot forge an event of another service', async () => {
    const before = (await (await managerOf('operator')).streams.info('PROFILES')).state.messages;
    const js = jetstream(await as('tenders'), { timeout: 1_000 });
    await expect(js.publish('profiles.ProfilePublished.p9', 'forged')).rejects.toEqual(refused);
    expect((await (await managerOf('operator')).streams.info('PROFILES')).state.messages).toBe(before);
  });

  it('cannot delete, purge or thin out a stream, not even its own', async () => {
    const jsm = await managerOf('tenders');
    for (const stream of ['TENDERS', 'PROFILES']) {
      await expect(jsm.streams.delete(stream)).rejects.toEqual(refused);
      await expect(jsm.streams.purge(stream)).rejects.toEqual(refused);
      await expect(jsm.streams.deleteMessage(stream, 1)).rejects.toEqual(refused);
    }
  });

  it('cannot touch the stream of another service, and cannot make streams of other names', async () => {
    const jsm = await managerOf('tenders');
    await expect(jsm.streams.update('PROFILES', { max_age: 1_000_000_000 })).rejects.toEqual(refused);
    await expect(jsm.streams.add({ name: 'MINE', subjects: ['mine.>'] })).rejects.toEqual(refused);
  });

  it('cannot hear, drain or remove the consumer of another service', async () => {
    await (await managerOf('profiles')).consumers.add('TENDERS', { ...consumerOf('profiles', 'TENDERS') });
    const connection = await as('tenders');
    const jsm = await jetstreamManager(connection, { timeout: 1_000 });
    await expect(jsm.consumers.add('PROFILES', { ...consumerOf('profiles', 'PROFILES') })).rejects.toEqual(refused);
    await expect(jsm.consumers.info('TENDERS', 'profiles')).rejects.toEqual(refused);
    await expect(jsm.consumers.delete('TENDERS', 'profiles')).rejects.toEqual(refused);
    await expect(connection.request('$JS.API.CONSUMER.MSG.NEXT.TENDERS.profiles', '1', { timeout: 1_000 })).rejects.toEqual(
      refused,
    );
    const disguised = JSON.stringify({ stream_name: 'PROFILES', config: consumerOf('profiles', 'PROFILES') });
    const answer = await connection.request('$JS.API.CONSUMER.CREATE.PROFILES.tenders.profiles.>', disguised);
    expect(answer.json()).toMatchObject({ error: { code: 400 } });
  });

  it('cannot listen to the bus or to the answers meant for another service', async () => {
    for (const subject of ['profiles.>', '_INBOX.profiles.>', '>']) {
      const subscription = (await as('tenders')).subscribe(subject);
      await expect(subscription[Symbol.asyncIterator]().next()).rejects.toEqual(refused);
    }
  });
});

describe('the operator', () => {
  it('may refill the stream of any service', async () => {
    const js = jetstream(await as('operator'));
    expect((await js.publish('profiles.ProfilePublished.p1', 'p1', { msgID: 'refill-1' })).stream).toBe('PROFILES');
  });
});

describe('a nats-server of our own', () => {
  it('lets nobody in without a password', async () => {
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/authorization violation/i);
    await expect(connect({ servers: nats.url, user: 'tenders', pass: 'guess', reconnect: false })).rejects.toThrow(
      /authorization violation/i,
    );
  });

  it('keeps its passwords to the owner of the folder', async () => {
    const config = join(dataDir, 'nats-server.conf');
    expect((await stat(config)).mode & 0o777).toBe(0o600);
    expect(await readFile(config, 'utf8')).toContain('user: "operator"');
  });

  it('says why it cannot start', async () => {
    const other = await mkdtemp(join(tmpdir(), 'umuhuza-nats-'));
    const second = startNats({ dataDir: other, port: nats.port, users });
    await expect(second).rejects.toThrow(NatsStartFailed);
    await expect(second).rejects.toThrow(/address already in use/);
    await rm(other, { recursive: true });
  });

  it('finds what was published after it was killed and started again on the same files', async () => {
    const published = await jetstream(await as('tenders')).publish('tenders.TenderPublished.t7', 'kept');
    const { port } = nats;
    await nats.kill('SIGKILL');
    nats = await startNats({ dataDir, port, users });
    expect((await (await managerOf('tenders')).streams.info('TENDERS')).state.last_seq).toBe(published.seq);
  });
});
