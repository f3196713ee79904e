import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from '@umuhuza/embedded-mongo/server';
import { type DeadLetters, openDeadLetters } from '@umuhuza/eventing/deadLetters';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lettersBeyond } from './letters.ts';

const entry = fileURLToPath(new URL('main.ts', import.meta.url));

let folder: string;
let server: Awaited<ReturnType<typeof startEmbeddedMongo>>;
let connection: Connection;
let matching: DeadLetters;
let tenders: DeadLetters;

const deadLetters = (args: readonly string[], env: Record<string, string> = { MONGODB_URL: server.url }) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) =>
    execFile(process.execPath, [entry, ...args], { env: { PATH: process.env.PATH, ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );

const letter = (_id: string, more = {}) => ({
  _id,
  stream: 'PROFILES',
  streamSequence: 42,
  subject: 'profiles.ProfileWithdrawn.org-1',
  payload: Buffer.from('{"data":{"organisationId":"org-1"}}'),
  error: 'Error: the market is closed',
  tries: 8,
  at: new Date('2026-11-23T12:00:00Z'),
  ...more,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-letters-'));
  server = await startEmbeddedMongo({ file: join(folder, 'mongo.sqlite') });
  connection = await mongoose.createConnection(server.url).asPromise();
  matching = openDeadLetters(connection.useDb('umuhuza_matching'));
  tenders = openDeadLetters(connection.useDb('umuhuza_tenders'));
});
afterAll(async () => {
  await connection.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const service of [matching, tenders]) for (const { _id } of await service.list(100)) await service.drop(_id);
});

it('more of them than are taken in one go are counted', async () => {
  for (const id of ['one', 'two', 'three']) await matching.keep(letter(id));
  await tenders.keep(letter('four'));
  const databases = { of: (service: string) => connection.useDb(`umuhuza_${service}`), close: async () => undefined };
  const beyond = (taken?: number) => lettersBeyond(databases, ['matching', 'tenders'], taken);
  expect([await beyond(), await beyond(3), await beyond(1)]).toEqual([0, 0, 2]);
});

/** The subscriber’s part: it hears what was asked for, and this becomes of it. */
const subscriber = (letters: DeadLetters, hear: (id: string) => Promise<unknown>) => {
  let stopped = false;
  const hearing = (async () => {
    while (!stopped) {
      const asked = await letters.takeAsked(['PROFILES'], new Date());
      if (asked) await hear(asked._id);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    stopped = true;
    await hearing;
  };
};

describe('npm run dead-letters', () => {
  it('says so when every event was handled', async () => {
    expect(await deadLetters(['list'])).toEqual({
      code: 0,
      out: 'There are no dead letters: every event was handled.\n',
      err: '',
    });
    expect(await deadLetters(['replay', '--all'])).toMatchObject({ code: 0, out: expect.stringContaining('no dead letters') });
  });

  it('lists what each service could not handle, the oldest first, or one service’s only', async () => {
    await matching.keep(letter('PROFILES-42-aaaaaa', { at: new Date('2026-11-23T13:00:00Z') }));
    await tenders.keep(letter('PROFILES-42-aaaaaa'));
    const { out } = await deadLetters(['list']);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'id                           failed                tries  event                            error',
      'tenders/PROFILES-42-aaaaaa   2026-11-23T12:00:00Z  8      profiles.ProfileWithdrawn.org-1  Error: the market is closed',
      'matching/PROFILES-42-aaaaaa  2026-11-23T13:00:00Z  8      profiles.ProfileWithdrawn.org-1  Error: the market is closed',
    ]);
    expect(out).toContain('2 dead letters.');
    expect((await deadLetters(['list', '--service', 'matching'])).out).not.toContain('tenders/');
  });

  it('shows one with its error and all it carries, and asks which when several services hold it', async () => {
    await matching.keep(letter('PROFILES-42-aaaaaa'));
    await tenders.keep(letter('PROFILES-42-aaaaaa'));
    const { code, err } = await deadLetters(['show', 'PROFILES-42-aaaaaa']);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('Several services') });
    const { out } = await deadLetters(['show', 'matching/PROFILES-42-aaaaaa']);
    expect(out).toContain('after 8 tries');
    expect(out).toContain('Error: the market is closed');
    expect(out).toContain('"organisationId": "org-1"');
  });

  it('drops one and leaves the others', async () => {
    await matching.keep(letter('PROFILES-42-aaaaaa'));
    await matching.keep(letter('PROFILES-43-bbbbbb'));
    expect(await deadLetters(['drop', 'PROFILES-42-aaaaaa'])).toEqual({
      code: 0,
      out: 'dropped matching/PROFILES-42-aaaaaa\n',
      err: '',
    });
    expect((await matching.list(10)).map(({ _id }) => _id)).toEqual(['PROFILES-43-bbbbbb']);
  });

  it('replays: tells which were heard and which failed again, and why', async () => {
    await matching.keep(letter('PROFILES-42-aaaaaa'));
    await matching.keep(letter('PROFILES-43-bbbbbb'));
    const stop = subscriber(matching, async (id) =>
      id.startsWith('PROFILES-42')
        ? matching.drop(id)
        : matching.keep(letter(id, { error: 'Error: it is still closed', tries: 9 })),
    );
    const { code, out } = await deadLetters(['replay', '--all', '--service', 'matching']);
    await stop();
    expect(code).toBe(1);
    expect(out).toContain('✓ matching/PROFILES-42-aaaaaa was heard');
    expect(out).toContain('✗ matching/PROFILES-43-bbbbbb failed again (9 tries): Error: it is still closed');
    expect(out).toContain('1 of 2 were heard.');
  });

  it('names what it does not know, and what to do instead', async () => {
    expect(await deadLetters(['show', 'NOWHERE-1'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no dead letter NOWHERE-1'),
    });
    expect(await deadLetters(['drop'])).toMatchObject({ code: 1, err: expect.stringContaining('Say which') });
    expect(await deadLetters(['burn'])).toMatchObject({ code: 1, err: expect.stringContaining('burn is not known') });
    expect(await deadLetters(['list', '--service', 'nobody'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no service nobody'),
    });
    expect(await deadLetters(['list'], { DATA_DIR: join(folder, 'nothing') })).toMatchObject({
      code: 1,
      err: expect.stringContaining('npm start'),
    });
  });
});
