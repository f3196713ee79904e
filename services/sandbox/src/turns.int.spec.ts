import { setTimeout as delay } from 'node:timers/promises';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoTurns } from './turns.ts';

let backends: Leased;
let connections: Connection[];
let now = '2026-11-26T12:00:00.000Z';
beforeAll(async () => {
  backends = await leaseBackends();
  const dbName = backends.databaseOf('turns');
  connections = await Promise.all([1, 2].map(() => mongoose.createConnection(backends.mongoUrl, { dbName }).asPromise()));
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await backends.end();
});
const replicas = () => connections.map((connection) => openMongoTurns(connection, () => now));

describe('a turn', () => {
  it('is had by one at a time, over replicas, and each gets one', async () => {
    let acting = 0;
    let most = 0;
    const act = async () => {
      acting += 1;
      most = Math.max(most, acting);
      await delay(2);
      acting -= 1;
    };
    await Promise.all(replicas().flatMap((turns) => Array.from({ length: 10 }, () => turns.take('one', act))));
    expect(most).toBe(1);
    expect(await connections[0]?.collection('turns').countDocuments()).toBe(0);
  });
  it('holds nobody up who acts for another name, and ends when what is done in it fails', async () => {
    const [one, two] = replicas();
    const ended = one?.take('failing', async () => {
      expect(await two?.take('another', async () => 'done')).toBe('done');
      throw new Error('it failed');
    });
    await expect(ended).rejects.toThrow('it failed');
    expect(await two?.take('failing', async () => 'done')).toBe('done');
  });
  it('of a process that died is over after five seconds', async () => {
    const [one] = replicas();
    await connections[1]
      ?.collection('turns')
      .insertOne({ _id: 'dead' as never, by: 'nobody', until: '2026-11-26T12:00:05.000Z' });
    const waiting = one?.take('dead', async () => now);
    now = '2026-11-26T12:00:04.999Z';
    await delay(60);
    now = '2026-11-26T12:00:05.000Z';
    expect(await waiting).toBe('2026-11-26T12:00:05.000Z');
  });
});
