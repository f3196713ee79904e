import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Leased, leaseBackends } from '@umuhuza/testing/backends';
import { eventually } from '@umuhuza/testing/eventually';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectBus } from './bus.ts';

let backends: Leased;
beforeAll(async () => {
  backends = await leaseBackends();
});
afterAll(() => backends.end());

/** A line that can go dead without ending: what comes is taken and goes nowhere. Connections made later are sound. */
const lineTo = async (url: string) => {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let connections = 0;
  const server = createServer((near) => {
    connections += 1;
    const far = connect({ host: hostname, port: Number(port) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.push(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goDead: () => {
      for (const socket of sockets.splice(0)) socket.removeAllListeners('data').resume();
    },
    connections: () => connections,
    close: () => server.close(),
  };
};

it('a line that is dead without having ended is left for another one', async () => {
  const line = await lineTo(backends.nats.url);
  const bus = await connectBus({
    ...{ service: 'matching', ...backends.nats, url: line.url, pingEvery: 100 },
    ...{ logger: pino({ level: 'silent' }), clock: () => '2026-11-26T12:00:00.000Z' },
  });
  try {
    const before = line.connections();
    line.goDead();
    await eventually(() => expect([line.connections(), bus.isConnected()]).toEqual([before + 1, true]), { within: 5_000 });
  } finally {
    await bus.stop();
    line.close();
  }
});
