import { createLogger } from '@umuhuza/service/logger';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { serviceNames, type Targets } from './door/services.ts';
import { problemOf, readAll, startDoors, startUpstream, stopped } from './door.fixture.ts';

const doors = await startDoors();
const { tenders, openDoor } = doors;
afterEach(doors.close);
afterAll(doors.stop);

describe('a service that is away', () => {
  const away = { ...Object.fromEntries(serviceNames.map((name) => [name, 'http://127.0.0.1:1'])) } as Targets;

  it('is named in words, and the rest goes on', async () => {
    const door = await openDoor({ targets: { ...away, tenders: tenders.url } });
    const answer = await fetch(`${door}/api/matching/mine`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    const problem = await problemOf(answer);
    expect(problem.type).toBe('/problems/service-away');
    expect(problem.detail).toContain('Matching cannot be reached');
    expect((await fetch(`${door}/api/tenders`)).status).toBe(200);
  });

  it('is noted in the log, but not who was on the way to its own bid', async () => {
    const logger = createLogger('portal', 'silent');
    const warned = vi.spyOn(logger, 'warn');
    const door = await openDoor({ targets: away, logger });
    expect((await fetch(`${door}/api/tenders/t1/bids/mine?amendmentsRead=1`, { method: 'PUT' })).status).toBe(503);
    expect(warned).not.toHaveBeenCalled();
    expect((await fetch(`${door}/api/tenders/t1`)).status).toBe(503);
    expect(warned).toHaveBeenCalledOnce();
  });

  it('counts as away when it does not answer in time', async () => {
    const door = await openDoor({ patience: 50 });
    tenders.answer = () => undefined;
    expect((await fetch(`${door}/api/tenders`)).status).toBe(503);
  });

  it('may close a kept connection without a reader noticing', async () => {
    const door = await openDoor();
    const served = new WeakSet<object>();
    tenders.answer = (req, res) => {
      if (served.has(req.socket)) return void req.socket.destroy();
      served.add(req.socket);
      res.end('{}');
    };
    for (let round = 0; round < 3; round += 1) {
      const answer = await fetch(`${door}/api/tenders`);
      expect(answer.status).toBe(200);
      await answer.text();
    }
  });

  it('is waited for while it is restarted, and nothing is sent twice', async () => {
    const restarting = await startUpstream();
    const door = await openDoor({ targets: { ...away, tenders: restarting.url }, restartsWithin: 60_000 });
    expect((await fetch(`${door}/api/tenders`)).status).toBe(200);
    await stopped(restarting.server);
    const asked = Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0
        ? fetch(`${door}/api/tenders?n=${n}`)
        : fetch(`${door}/api/tenders`, { method: 'POST', body: `body ${n}`, headers: { 'x-n': `${n}` } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = await startUpstream(Number(new URL(restarting.url).port));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    expect(again.heard).toHaveLength(20);
    await stopped(again.server);
  });

  it('is not waited for any more once it stayed away for long', async () => {
    const door = await openDoor({ targets: away, restartsWithin: 300 });
    expect((await fetch(`${door}/api/tenders`)).status).toBe(503);
    const begun = performance.now();
    for (let n = 0; n < 10; n += 1) expect((await fetch(`${door}/api/tenders`)).status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  describe('that breaks off before it answers', () => {
    /** Breaks off the first time it hears a question, and answers the second time with what it got. */
    const breaksOffOnce = () => {
      const broken = new Set<string>();
      tenders.answer = async (req, res) => {
        const body = await readAll(req).catch(() => undefined);
        const key = String(req.headers['idempotency-key'] ?? req.url);
        if (!body || !broken.has(key)) {
          broken.add(key);
          return void req.socket.destroy();
        }
        res.end(body);
      };
    };
    const post = (door: string, headers: Record<string, string>, body = 'a command') =>
      fetch(`${door}/api/tenders`, { method: 'POST', body, headers });

    it('is asked again by a reader', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      expect((await fetch(`${door}/api/tenders?read`)).status).toBe(200);
    });
    it('gets a command with a key again, whole', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      const body = 'x'.repeat(200_000);
      const answer = await post(door, { 'idempotency-key': 'one' }, body);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(body);
    });
    it('gets a command without a key once only, since it may have done it', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      expect((await post(door, {})).status).toBe(503);
      expect(tenders.heard).toHaveLength(1);
    });
    it('gets a command that is too large to be kept once only', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      breaksOffOnce();
      expect((await post(door, { 'idempotency-key': 'large' }, 'x'.repeat(300_000))).status).toBe(503);
      expect(tenders.heard).toHaveLength(1);
    });
    it('each time is not asked for ever', async () => {
      const door = await openDoor({ restartsWithin: 60_000 });
      tenders.answer = (req) => void req.socket.destroy();
      expect((await post(door, { 'idempotency-key': 'fatal' })).status).toBe(503);
      expect(tenders.heard).toHaveLength(4);
    });
  });

  it('that breaks off amid an answer breaks it off for the client too, rather than passing a part for the whole', async () => {
    const door = await openDoor();
    tenders.answer = (_req, res) => {
      res.writeHead(200, { 'Content-Length': '1000' });
      res.write('half', () => res.destroy());
    };
    await expect(fetch(`${door}/api/tenders`).then((answer) => answer.text())).rejects.toThrow();
  });

  it('is what /readyz names, and what /livez does not care for', async () => {
    const some = await openDoor({ targets: { ...away, tenders: tenders.url } });
    const answer = await fetch(`${some}/readyz`);
    expect(answer.status).toBe(503);
    const problem = await problemOf(answer);
    expect(problem.type).toBe('/problems/not-ready');
    expect(problem.detail).toContain('matching (not reachable)');
    expect(problem.detail).not.toContain('tenders');
    expect((await fetch(`${some}/livez`)).status).toBe(200);
  });

  it('is missed by nobody when all are there', async () => {
    const answer = await fetch(`${await openDoor()}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      status: 'ready',
      services: Object.fromEntries(serviceNames.map((name) => [name, 'ready'])),
    });
  });

  it('says through /readyz what it lacks itself', async () => {
    tenders.answer = (_req, res) => {
      res.writeHead(503, { 'Content-Type': 'application/problem+json' }).end('{"detail":"Missing: MongoDB"}');
    };
    const answer = await fetch(`${await openDoor()}/readyz`);
    expect((await problemOf(answer)).detail).toBe('Missing: tenders (MongoDB)');
  });
});
