import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectMongo, type Mongo } from './mongo.ts';

/** A monitor looks no more often than this, in milliseconds. */
const betweenChecks = 500;

describe('a database that goes and comes back', () => {
  let backends: Leased;
  let mongo: Mongo;
  let sockets: Socket[];
  const remember = (message: unknown) => void sockets.push((message as { socket: Socket }).socket);
  beforeEach(async () => {
    backends = await leaseBackends();
    sockets = [];
    subscribe('net.client.socket', remember);
    mongo = await connectMongo(backends.mongoUrl, 'seeker', backends.databaseOf('seeker'));
  });
  afterEach(async () => {
    unsubscribe('net.client.socket', remember);
    await mongo.stop();
    await backends.end();
  });
  const ask = () => mongo.connection.collection('things').findOne({});

  it('is seen again by who spoke to it in the very turn in which its connections ended', { timeout: 15_000 }, async () => {
    await ask();
    await delay(betweenChecks);
    const [monitors, ...pooled] = sockets;
    const client = mongo.connection.getClient();
    // Nothing is known of the server then, so its monitor asks at once; its socket has just ended, too.
    client.once('serverDescriptionChanged', ({ newDescription }) => {
      expect(newDescription.type).toBe('Unknown');
      monitors?.destroy();
    });
    for (const socket of pooled) socket.destroy();
    // It goes to a socket that has ended and has not said so, fails, and is asked once more.
    await expect(ask()).resolves.toBeNull();
  });
});
