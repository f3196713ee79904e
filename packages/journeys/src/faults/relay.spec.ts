import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRelay, type Relay } from './relay.ts';

let echo: Server;
let relay: Relay;
const heard: Buffer[] = [];
const clients: Socket[] = [];

beforeEach(async () => {
  heard.length = 0;
  echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard.push(chunk);
      socket.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  relay = await openRelay();
  relay.leadTo((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await relay.close();
  echo.close();
});

const dial = async (): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port: relay.port });
  clients.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};
const said = async (socket: Socket, text: string): Promise<string> => {
  socket.write(text);
  return String((await once(socket, 'data'))[0]);
};

describe('a line', () => {
  it('carries what is said and what is answered', async () => expect(await said(await dial(), 'hello')).toBe('hello'));
  it('breaks off in the middle of what comes next once it is cut, and others can be made', async () => {
    const socket = await dial();
    await said(socket, 'hello');
    expect(relay.cut()).toBe(1);
    const closed = once(socket, 'close');
    socket.write('0123456789');
    await closed;
    expect(Buffer.concat(heard).toString()).toBe('hello01234');
    expect(await said(await dial(), 'again')).toBe('again');
  });
  it('carries late what is said while it is slow, and in order', async () => {
    const socket = await dial();
    await said(socket, 'hello');
    relay.slowDown(50);
    const begun = performance.now();
    for (const part of ['1', '2', '3']) {
      socket.write(part);
      await delay(1);
    }
    const answers: string[] = [];
    while (answers.join('') !== '123') answers.push(String((await once(socket, 'data'))[0]));
    expect(performance.now() - begun).toBeGreaterThan(95);
    relay.slowDown(0);
  });
  it('ends when its server is away, and leads to where it is afterwards', async () => {
    echo.close();
    relay.leadTo(1);
    const socket = await dial();
    await once(socket, 'close');
  });
});
