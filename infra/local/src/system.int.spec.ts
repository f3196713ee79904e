import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOf } from './processes.ts';
import { type PartEvent, type RunningSystem, type SystemOptions, startSystem } from './system.ts';
import { serviceNames } from './topology.ts';

const file = (name: string): string => new URL(name, import.meta.url).pathname;
const entries = {
  ...Object.fromEntries(serviceNames.map((name) => [name, file('./fixtures/service.ts')])),
  mongo: file('./fixtures/mongo.ts'),
};
let dataDir: string;
const systems: RunningSystem[] = [];
const events: PartEvent[] = [];

const start = async (options: Partial<SystemOptions> = {}): Promise<RunningSystem> => {
  const system = await startSystem({ dataDir, entries, onEvent: (event) => events.push(event), ...options });
  systems.push(system);
  return system;
};
const environmentOf = async (system: RunningSystem, part: (typeof serviceNames)[number]) =>
  (await fetch(`http://127.0.0.1:${system.portOf(part)}/environment`)).json();
const statesOf = (part: string) => events.filter((event) => event.part === part).map(({ state }) => state);
const gone = async (pid: number): Promise<void> => {
  while ((await startOf(pid)) !== undefined) await delay(20);
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-local-'));
});
afterEach(async () => {
  await Promise.all(systems.splice(0).map((system) => system.stop()));
  events.length = 0;
  await rm(dataDir, { recursive: true, force: true });
});

describe('a system on one machine', () => {
  it('starts its servers first, then every service, and is ready when all are', async () => {
    const system = await start();
    const ready = events.filter(({ state }) => state === 'ready').map(({ part }) => part);
    expect(new Set(ready)).toEqual(new Set(['nats', 'mongo', ...serviceNames]));
    expect(new Set(ready.slice(0, 2))).toEqual(new Set(['nats', 'mongo']));
    expect(system.url).toBe(`http://localhost:${system.portOf('portal')}`);
    expect((await fetch(`${system.url}/readyz`)).status).toBe(200);
  });

  it('tells each service where it stands, and nobody a secret of another', async () => {
    const system = await start({ env: { LOG_LEVEL: 'warn' } });
    const tenders = await environmentOf(system, 'tenders');
    expect(tenders).toMatchObject({
      HOST: '127.0.0.1',
      PORT: String(system.portOf('tenders')),
      MONGODB_URL: `mongodb://127.0.0.1:${system.portOf('mongo')}`,
      NATS_URL: `nats://127.0.0.1:${system.portOf('nats')}`,
      NATS_USER: 'tenders',
      PUBLIC_URL: system.url,
      JWKS_URL: `http://127.0.0.1:${system.portOf('identity')}/api/auth/jwks`,
      LOG_LEVEL: 'warn',
      nodeArgs: ['--max-semi-space-size=2'],
    });
    const { nats, authSecret, programmeOfficeCode } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'));
    expect(tenders.NATS_PASSWORD).toBe(nats.tenders);
    for (const foreign of [nats.operator, nats.profiles, authSecret, programmeOfficeCode])
      expect(JSON.stringify(tenders)).not.toContain(foreign);
    expect((await environmentOf(system, 'identity')).AUTH_SECRET).toBe(authSecret);
    expect((await environmentOf(system, 'notifications')).MAIL_DIR).toBe(join(dataDir, 'mail'));
    expect((await environmentOf(system, 'portal')).TENDERS_URL).toBe(`http://127.0.0.1:${system.portOf('tenders')}`);
    expect((await environmentOf(system, 'portal')).NATS_PASSWORD).toBeUndefined();
  });

  it('keeps its secrets to their owner and finds them again at the next start', async () => {
    await (await start({ services: ['tenders'] })).stop();
    const path = join(dataDir, 'secrets.json');
    const made = await readFile(path, 'utf8');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await start({ services: ['tenders'] });
    expect(await readFile(path, 'utf8')).toBe(made);
  });

  it('hands out the one-time link only while the programme office has no account', async () => {
    const { programmeOfficeCode } = JSON.parse(
      await start({ services: ['identity'] }).then(() => readFile(join(dataDir, 'secrets.json'), 'utf8')),
    );
    expect(await systems[0]?.setupLink()).toBe(`${systems[0]?.url}/#/programme-office?code=${programmeOfficeCode}`);
    await systems[0]?.stop();
    const later = await start({ services: ['identity'], env: { FIXTURE_OFFICE: 'closed' } });
    expect(await later.setupLink()).toBeUndefined();
  });

  it('stands beside another run', async () => {
    const other = await mkdtemp(join(tmpdir(), 'umuhuza-local-'));
    const [one, two] = await Promise.all([start({ services: ['tenders'] }), start({ services: ['tenders'], dataDir: other })]);
    expect(one.portOf('tenders')).not.toBe(two.portOf('tenders'));
    await two.stop();
    await rm(other, { recursive: true });
  });

  it('uses servers that somebody else runs in place of its own', async () => {
    const system = await start({
      services: ['tenders', 'notifications'],
      external: {
        mongodbUrl: 'mongodb://db.example:27017',
        nats: { url: 'nats://bus.example:4222', user: 'all', password: 'p' },
        smtpUrl: 'smtp://mail.example',
      },
    });
    expect(system.parts).toEqual(['tenders', 'notifications']);
    expect(await environmentOf(system, 'notifications')).toMatchObject({
      MONGODB_URL: 'mongodb://db.example:27017',
      NATS_URL: 'nats://bus.example:4222',
      NATS_USER: 'all',
      NATS_PASSWORD: 'p',
      SMTP_URL: 'smtp://mail.example',
    });
  });

  it('measures the memory of each part and of all together', async () => {
    const { total, parts } = await (await start({ services: ['tenders'] })).memory();
    expect(Object.keys(parts).sort()).toEqual(['launcher', 'mongo', 'nats', 'tenders']);
    expect(parts.tenders).toBeGreaterThan(20 * 1024 ** 2);
    expect(total).toBe(Object.values(parts).reduce((sum, size) => sum + size, 0));
  });
});

describe('parts that end', () => {
  it('are started again when nobody asked for their end', async () => {
    const system = await start({ services: ['tenders'] });
    const before = system.pidOf('tenders');
    process.kill(before, 'SIGKILL');
    await gone(before);
    await expect.poll(() => statesOf('tenders')).toContain('exited');
    await system.waitUntilReady();
    expect(system.pidOf('tenders')).not.toBe(before);
    expect(statesOf('tenders').filter((state, at, all) => state !== all[at - 1])).toEqual([
      'starting',
      'ready',
      'exited',
      'starting',
      'ready',
    ]);
  });

  it('stay down when they were killed on purpose, and come back on the same port', async () => {
    const system = await start({ services: ['tenders', 'profiles'] });
    const port = system.portOf('tenders');
    await system.kill('tenders');
    expect(() => system.pidOf('tenders')).toThrow('tenders is not running');
    await system.waitUntilReady();
    await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow();
    await system.start('tenders');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await system.restart('nats', 'SIGKILL');
    await system.restart('mongo');
  });

  it.runIf(process.platform === 'linux').each(['portal', 'identity'] as const)(
    'are followed by a new one that has taken over: %s',
    async (part) => {
      const system = await start({ services: ['portal', 'identity'] });
      const before = system.pidOf(part);
      const url = `http://127.0.0.1:${system.portOf(part)}`;
      let going = true;
      const refused: string[] = [];
      const asking = (async () => {
        while (going) {
          // What this stand-in drops as it ends is another matter; that nobody listens must never happen.
          await fetch(`${url}/livez`, { headers: { connection: 'close' } }).catch(({ cause }: Error) => {
            if (String(cause).includes('ECONNREFUSED')) refused.push(String(cause));
          });
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      })();
      await system.restart(part);
      going = false;
      await asking;
      expect(refused).toEqual([]);
      expect(system.pidOf(part)).not.toBe(before);
      expect(await startOf(before)).toBeUndefined();
      await system.restart(part, 'SIGKILL');
      expect((await fetch(`${url}/livez`)).status).toBe(200);
    },
  );

  it('end with the one who started them, even by kill -9, and the next start goes on', async () => {
    const launcher = spawn(process.execPath, [file('./fixtures/launcher.ts')], {
      env: { ...process.env, FIXTURE_DATA: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: launcher.stdout }), 'line');
    const pids: number[] = Object.values(JSON.parse(line));
    expect(pids).toHaveLength(4);
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    const next = await start({ services: ['identity'] });
    for (const pid of pids) expect(await startOf(pid)).toBeUndefined();
    expect(next.pidOf('nats')).toBeGreaterThan(0);
  });

  it('end without a next start, too', async () => {
    const launcher = spawn(process.execPath, [file('./fixtures/launcher.ts')], {
      env: { ...process.env, FIXTURE_DATA: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: launcher.stdout }), 'line');
    launcher.kill('SIGKILL');
    await Promise.all(Object.values<number>(JSON.parse(line)).map(gone));
  });

  it('are given time to finish when the system stops, and their last words are in the log', async () => {
    const system = await start({ services: ['tenders', 'portal'] });
    await system.stop();
    for (const part of ['tenders', 'portal'])
      expect(await readFile(join(dataDir, 'logs', `${part}.log`), 'utf8')).toContain('stopped gracefully');
    expect(events.filter(({ state }) => state === 'stopped').map(({ part }) => part)[0]).toBe('portal');
  });

  it('are killed when they cling to life and the system is forced to stop', async () => {
    const system = await start({ services: ['tenders'], env: { FIXTURE_CLINGS: 'tenders' } });
    const pid = system.pidOf('tenders');
    const stopping = system.stop();
    await system.stop({ force: true });
    await stopping;
    expect(await startOf(pid)).toBeUndefined();
  });
});

describe('a start that cannot be', () => {
  it('ends with the own words of the service, and leaves nothing running', async () => {
    await expect(start({ services: ['tenders', 'profiles'], env: { FIXTURE_FAILS: 'tenders' } })).rejects.toThrow(
      'tenders cannot start: the moon is in the wrong house. Wait for the next one.',
    );
    await start({ services: ['tenders'] });
  });

  it('ends when it is interrupted while a service is not ready', async () => {
    const interrupt = new AbortController();
    const starting = start({
      services: ['tenders'],
      env: { FIXTURE_UNREADY: 'tenders' },
      signal: interrupt.signal,
      onEvent: ({ detail }) => {
        if (detail === 'NATS is missing') interrupt.abort();
      },
    });
    await expect(starting).rejects.toThrow('interrupted');
  });

  it('ends when a service is not ready in time, with what it lacks', async () => {
    await expect(start({ services: ['tenders'], env: { FIXTURE_UNREADY: 'tenders' }, readyWithinMs: 1_000 })).rejects.toThrow(
      'tenders cannot start: it is not ready after 1 s: NATS is missing',
    );
  });

  it('names who has the port of the door, and what to type', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refused = start({ port });
    await expect(refused).rejects.toThrow(new RegExp(`Port ${port} is taken by .*${process.pid}.*PORT=${port + 1} npm start`));
    other.close();
  });

  it('says that a system runs already on the same data', async () => {
    const first = await start({ services: ['tenders', 'portal'] });
    await expect(start({ services: ['tenders'] })).rejects.toThrow(`already runs on ${dataDir} at ${first.url}`);
  });

  it('says that the data directory is no folder', async () => {
    await expect(start({ dataDir: '/dev/null' })).rejects.toThrow(/\/dev\/null is not a folder.*DATA_DIR/);
  });
});
