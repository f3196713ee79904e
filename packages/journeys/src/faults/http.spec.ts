import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { NoReply, onceMoreIfCut, openLines } from './http.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** A server that does with the nth request, whatever its connection, what it is told. */
const serverThat = async (does: (n: number, socket: Socket) => void) => {
  let requests = 0;
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', () => does(++requests, socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lines = openLines();
  closing.push(lines.close, () => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    lines,
    ask: () => lines.call({ port, method: 'GET', path: '/', headers: {} }),
    requests: () => requests,
    connections: () => connections,
  };
};

describe('a request', () => {
  it('on a kept connection that is closed before any answer is sent once more', async () => {
    const { ask, lines, requests, connections } = await serverThat((n, socket) =>
      n === 2 ? socket.resetAndDestroy() : socket.write(answer),
    );
    await ask();
    expect(await ask()).toMatchObject({ status: 200, body: 'ok' });
    expect([requests(), connections(), lines.sentAgain()]).toEqual([3, 2, 1]);
  });

  it('on a new connection that is closed has no answer', async () => {
    const { ask, lines } = await serverThat((_, socket) => socket.resetAndDestroy());
    await expect(ask()).rejects.toThrow(NoReply);
    expect(lines.sentAgain()).toBe(0);
  });

  it('whose answer breaks off has none', async () => {
    const { ask, lines } = await serverThat((n, socket) =>
      n === 2 ? socket.write(answer.slice(0, -1), () => socket.resetAndDestroy()) : socket.write(answer),
    );
    await ask();
    await expect(ask()).rejects.toThrow(NoReply);
    expect(lines.sentAgain()).toBe(0);
  });
});

describe('a fetch', () => {
  const failingWith = (...errors: Error[]) => {
    const left = [...errors];
    return () =>
      onceMoreIfCut(async () => {
        const error = left.shift();
        if (error) throw error;
        return 'a token';
      });
  };
  const cut = () =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) });

  it('whose connection was cut is done once more, and not twice', async () => {
    expect(await failingWith(cut())()).toBe('a token');
    await expect(failingWith(cut(), cut())()).rejects.toThrow('fetch failed');
  });
  it('that was refused is not', async () => expect(failingWith(new Error('502'))()).rejects.toThrow('502'));
});
