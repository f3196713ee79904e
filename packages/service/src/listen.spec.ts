import { Agent, type IncomingMessage, type RequestListener, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, type ListenOptions, listen } from './listen.ts';

const agents: Agent[] = [];
const kept = (): Agent => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return agent;
};
afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
});

const ask = (port: number, agent: Agent): Promise<IncomingMessage & { text: string }> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', agent }, async (res) => {
      const text = Buffer.concat(await res.toArray()).toString();
      resolve(Object.assign(res, { text }));
    })
      .once('error', reject)
      .end();
  });
const start = (app: RequestListener, options: Partial<ListenOptions> = {}): Promise<Listening> =>
  listen(app, { host: '127.0.0.1', port: 0, ...options });
const hello: RequestListener = (_req, res) => void res.end('hello');

describe('a server that stops', () => {
  it('finishes what is under way, and says that it was the last on this connection', async () => {
    const arrived = Promise.withResolvers<() => void>();
    const { port, stop } = await start((_req, res) => {
      // What a proxy copies from elsewhere does not keep the connection.
      res.setHeader('Connection', 'keep-alive');
      arrived.resolve(() => res.end('done'));
    });
    const asked = ask(port, kept());
    const finish = await arrived.promise;
    const stopped = stop();
    finish();
    const answer = await asked;
    expect(answer.text).toBe('done');
    expect(answer.headers.connection).toBe('close');
    await stopped;
  });
  it('takes no new connections, and closes idle ones', async () => {
    const { port, stop } = await start(hello);
    const agent = kept();
    expect((await ask(port, agent)).headers.connection).toBe('keep-alive');
    await stop();
    await expect(ask(port, agent)).rejects.toThrow();
  });
  it('still answers on connections that it lets linger, each once', async () => {
    const { port, stop } = await start(hello, { linger: 60_000 });
    const agent = kept();
    await ask(port, agent);
    const stopped = stop();
    await delay(50);
    expect((await ask(port, agent)).headers.connection).toBe('close');
    await stopped;
  });
  it('answers what came over an idle connection while it was too busy to read it', async () => {
    const { port, stop } = await start(hello, { linger: 1_000 });
    const turn = new Int32Array(new SharedArrayBuffer(8));
    const asking = new Worker(
      `const { workerData: { port, turn }, parentPort } = require('node:worker_threads');
      const asked = 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n';
      const socket = require('node:net').connect(port, '127.0.0.1', () => socket.write(asked));
      socket.once('data', () => {
        parentPort.postMessage('ready');
        Atomics.wait(turn, 0, 0);
        socket.once('data', (data) => parentPort.postMessage(String(data)));
        socket.write(asked, () => { Atomics.store(turn, 1, 1); Atomics.notify(turn, 1); });
      });
      socket.once('error', ({ code }) => parentPort.postMessage(code));
      socket.once('close', () => parentPort.postMessage('closed without an answer'));`,
      { eval: true, workerData: { port, turn } },
    );
    const heard = () => new Promise<string>((resolve) => asking.once('message', resolve));
    expect(await heard()).toBe('ready');
    const answer = heard();
    const stopped = stop();
    await delay(20);
    // From here on timers come before what is read next.
    await new Promise(setImmediate);
    Atomics.store(turn, 0, 1);
    Atomics.notify(turn, 0);
    // Nothing is read meanwhile: the request comes, and the time for which idle connections linger ends.
    Atomics.wait(turn, 1, 0);
    Atomics.wait(turn, 0, 1, 1_200);
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK/);
    await stopped;
    await asking.terminate();
  });
  it('lets idle connections linger no longer than told', async () => {
    const { port, stop } = await start(hello, { linger: 100 });
    await ask(port, kept());
    await stop();
  });
});

describe.runIf(process.platform === 'linux')('a shared port', () => {
  it('is taken over by a new server before the old one stops, and no request is lost', async () => {
    const old = await start(hello, { shared: true, linger: 500 });
    let going = true;
    const answers: string[] = [];
    const client = async (first: () => void) => {
      for (const agent = kept(); going; first()) answers.push((await ask(old.port, agent)).text);
    };
    const clients: Promise<void>[] = [];
    await Promise.all(Array.from({ length: 20 }, () => new Promise<void>((first) => clients.push(client(first)))));
    const fresh = await start((_req, res) => void res.end('fresh'), { shared: true, port: old.port });
    await old.stop();
    await delay(50);
    going = false;
    await Promise.all(clients);
    expect(answers.at(0)).toBe('hello');
    expect(answers.at(-1)).toBe('fresh');
    for (const agent of agents.splice(0)) agent.destroy();
    await fresh.stop();
  });
  it('is left when all who had come were taken: none of them is cut', async () => {
    const one = await start(hello, { shared: true, linger: 1_000 });
    const turn = new Int32Array(new SharedArrayBuffer(8));
    const many = 20;
    const coming = new Worker(
      `const { workerData: { port, turn, many }, parentPort } = require('node:worker_threads');
      const { once } = require('node:events');
      parentPort.postMessage('ready');
      Atomics.wait(turn, 0, 0);
      const come = async () => {
        const socket = require('node:net').connect(port, '127.0.0.1');
        await once(socket, 'connect');
        if (Atomics.add(turn, 1, 1) === many - 1) Atomics.notify(turn, 1);
        socket.write('GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n');
        const [data] = await once(socket, 'data');
        return String(data).startsWith('HTTP/1.1 200 OK') ? 'answered' : 'else';
      };
      Promise.all(Array.from({ length: many }, () => come().catch(({ code }) => code))).then((all) => parentPort.postMessage(all.join()));`,
      { eval: true, workerData: { port: one.port, turn, many } },
    );
    const heard = () => new Promise<string>((resolve) => coming.once('message', resolve));
    expect(await heard()).toBe('ready');
    const answers = heard();
    Atomics.store(turn, 0, 1);
    Atomics.notify(turn, 0);
    // Nothing is taken meanwhile: all of them wait at the port.
    for (let n = 0; n < many; n = Atomics.load(turn, 1)) Atomics.wait(turn, 1, n, 1_000);
    const stopped = one.stop();
    expect(await answers).toBe(Array(many).fill('answered').join());
    await stopped;
    await coming.terminate();
  });
  it('is shared with nobody who does not share', async () => {
    const one = await start(hello, { shared: true });
    await expect(start(hello, { port: one.port })).rejects.toThrow(/is taken by another program/);
    await one.stop();
  });
});
