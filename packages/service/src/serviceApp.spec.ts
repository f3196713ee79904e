import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { initContract } from '@ts-rest/core';
import { apiOptions } from '@umuhuza/contracts/api';
import pino from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createServiceApp } from './serviceApp.ts';

const c = initContract();
const contract = c.router(
  {
    decline: {
      method: 'POST',
      path: '/decline',
      body: z.strictObject({ reason: z.string().optional() }).optional(),
      responses: { 200: z.strictObject({}) },
    },
  },
  apiOptions('/api/some'),
);

it('a command whose client left before its body was read is not done as if it had none', async () => {
  const done: unknown[] = [];
  let asked = 0;
  const app = createServiceApp({
    contract,
    handlers: {
      decline: async ({ body }) => {
        done.push(body);
        return { status: 200, body: {} };
      },
    },
    // The body is read after this.
    verifyToken: async () => {
      asked += 1;
      await delay(50);
      return { user: 'u', organisation: 'o', country: 'DE', role: 'owner', programmeStaff: false } as never;
    },
    missing: () => [],
    metrics: createMetrics('some'),
    logger: createLogger('some', 'silent'),
  });
  const { port, stop } = await listen(app, { host: '127.0.0.1', port: 0 });
  const body = JSON.stringify({ reason: 'We are fully booked.' });
  const head = `POST /api/some/decline HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  for (let n = 0; n < 5; n += 1) {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined);
    socket.write(head + body.slice(0, n * 5));
    await delay(10);
    socket.destroy();
  }
  await delay(200);
  expect(asked).toBe(5);
  expect(done).toEqual([]);
  const answer = await fetch(`http://127.0.0.1:${port}/api/some/decline`, {
    ...{ method: 'POST', body },
    headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
  expect(done).toEqual([JSON.parse(body)]);
  await stop();
});

it('a sealed route that fails is logged without its name, its stack and its request', async () => {
  const failing = c.router(
    {
      open: { method: 'GET', path: '/open', responses: { 200: z.strictObject({}) }, metadata: { access: 'public' } },
      closed: {
        method: 'GET',
        path: '/closed',
        responses: { 200: z.strictObject({}) },
        metadata: { access: 'public', sealed: true },
      },
    },
    apiOptions('/api/some'),
  );
  const handlerOfASealedRoute = async (): Promise<never> => {
    throw new TypeError('planted-secret');
  };
  const lines: string[] = [];
  const app = createServiceApp({
    contract: failing,
    handlers: { open: handlerOfASealedRoute, closed: handlerOfASealedRoute },
    verifyToken: async () => undefined,
    missing: () => [],
    metrics: createMetrics('some'),
    logger: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
  });
  const { port, stop } = await listen(app, { host: '127.0.0.1', port: 0 });
  const ask = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}/api/some${path}`, { headers: { 'x-request-id': 'request-of-somebody' } })).status;
  expect(await ask('/open')).toBe(500);
  expect(lines.join('')).toMatch(/planted-secret[\s\S]*handlerOfASealedRoute[\s\S]*request-of-somebody/);
  lines.length = 0;
  expect(await ask('/closed')).toBe(500);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('TypeError');
  expect(lines[0]).not.toMatch(/planted|handlerOf|request-of|closed/);
  await stop();
});
