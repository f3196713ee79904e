import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refillsOf } from '@umuhuza/eventing/refillMarks';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from './faults/check/checker.ts';
import { type Clients, openClients } from './faults/clients.ts';
import { collection, type History } from './faults/history.ts';
import { type Lines, openLines } from './faults/http.ts';
import { type Eyes, openEyes } from './faults/observe.ts';
import { processesOf, startReplicas } from './faults/processes.ts';
import { untilQuiet } from './faults/quiet.ts';
import { randomFrom } from './faults/random.ts';
import { replayEverything } from './faults/replay.ts';
import { editProfile, meet } from './faults/scenes/firms.ts';
import { fillSlot, openEnvironment } from './faults/scenes/sandbox.ts';
import type { Stage } from './faults/scenes/stage.ts';
import { writeTender } from './faults/scenes/tenders.ts';
import { settle } from './faults/town.ts';

/** Bounds against hanging, in milliseconds. */
const within = 180_000;
const env = { LOG_LEVEL: 'warn', RATE_LIMIT_READ: '100000', RATE_LIMIT_WRITE: '100000', RATE_LIMIT_ADDRESS: '1000000' };
const scenes = [writeTender, writeTender, fillSlot, fillSlot, editProfile, editProfile, meet, meet];

let folder: string;
let system: RunningSystem;
let replicas: RunningSystem;
let lines: Lines;
let eyes: Eyes;
let clients: Clients;
let stage: Stage;

/** Some of everything that a service may be asked for, all at once. */
const work = () => Promise.all(scenes.map((scene) => scene(stage)));

const look = (): Promise<History> => eyes.look({ commands: clients.commands, poisons: [] });
const quiet = () => untilQuiet(eyes, { within, failing: 0 });
/** Nothing changes any more by itself. */
const settled = () => untilQuiet(eyes, { within, failing: 0, settled: true });

/** Asked again while the broker is just coming back. */
const streams = () =>
  eventually(async () => {
    const found = new Map<string, { readonly last: number; readonly refills: number }>();
    for await (const { config, state } of eyes.jsm.streams.list())
      found.set(config.name, { last: state.last_seq, refills: refillsOf(config.description).length });
    return found;
  });

const store = () => join(system.dataDir, 'nats', 'jetstream');

/** Kills the broker under load and starts it again with this store, or with none. */
const loseTheStoreFor = async (other: string | undefined) => {
  const working = work();
  await system.kill('nats', 'SIGKILL');
  await rm(store(), { recursive: true });
  if (other !== undefined) await cp(other, store(), { recursive: true });
  await system.start('nats');
  await working;
};

/** Everything said is in its stream once and in order, heard by everybody, and told once to everyone concerned. */
const nothingIsMissing = () =>
  eventually(
    async () => {
      await quiet();
      expect(check(await look())).toEqual([]);
    },
    { within, every: 1_000 },
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-broker-loss-'));
  system = await startSystem({
    dataDir: join(folder, 'data'),
    readyWithinMs: within,
    env,
  });
  lines = openLines();
  eyes = await openEyes(system);
  replicas = await startReplicas(system, { env, readyWithinMs: within, natsPasswords: eyes.natsPasswords });
  clients = openClients({
    system: processesOf(system, replicas),
    lines,
    random: randomFrom('broker loss').fork('clients'),
    rate: 100,
    givesUpAt: () => Number.POSITIVE_INFINITY,
    onAnswered: () => undefined,
  });
  const {
    germans,
    rwandans: [visitor, ...rwandans],
  } = await settle(system.url, 2, 4);
  stage = { ...clients, germans, rwandans, visitor, random: randomFrom('broker loss').fork('scenes'), environments: [] };
  for (const host of rwandans.slice(0, 2)) await openEnvironment(stage, host, true);
  await work();
  await quiet();
}, within);
afterAll(async () => {
  lines?.close();
  await eyes?.close();
  await replicas?.stop();
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a broker that loses its store while two replicas of each service work', () => {
  it('and comes back with an older copy is filled again from what the services keep', async () => {
    const older = join(folder, 'older');
    await system.kill('nats', 'SIGTERM');
    await cp(store(), older, { recursive: true });
    await system.start('nats');
    const copied = await streams();
    await work();
    await quiet();
    const grown = [...(await streams())].filter(([name, { last }]) => last > (copied.get(name)?.last ?? 0)).map(([name]) => name);
    expect(grown).toEqual(expect.arrayContaining(['MATCHING', 'PROFILES', 'SANDBOX', 'TENDERS']));

    await loseTheStoreFor(older);

    await nothingIsMissing();
    const mended = await streams();
    for (const name of grown) expect(mended.get(name), name).toMatchObject({ refills: (copied.get(name)?.refills ?? 0) + 1 });
  });

  it('and comes back empty is filled again from the first event on', async () => {
    await loseTheStoreFor(undefined);

    await nothingIsMissing();
    for (const [name, { refills }] of await streams()) expect(refills, name).toBeGreaterThan(0);
  });
});

describe('every durable consumer made anew from the start of its stream', () => {
  it('changes no document and tells nobody anything again', async () => {
    await settled();
    const before = await look();
    const { consumers, differences } = await replayEverything({ eyes, before, untilQuiet: settled });
    const after = await look();

    expect(consumers).toBeGreaterThan(10);
    expect(differences).toEqual([]);
    expect(collection(after, 'notifications', 'notifications')).toHaveLength(
      collection(before, 'notifications', 'notifications').length,
    );
  });
});
