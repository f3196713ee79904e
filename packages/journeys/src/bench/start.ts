import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readRun } from '@umuhuza/local/dataDirectory';
import { memoryByGroup } from '@umuhuza/local/processes';
import { type Figure, median, print, rounds } from './figures.ts';

const repetitions = 5;
const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** What `npm start` does, on a fresh data directory: time from nothing to all ready, and the memory of all processes together. */
export const startBench = async (): Promise<void> => {
  const seconds: number[] = [];
  const gigabytes: number[] = [];
  const parts = new Map<string, number[]>();
  await rounds('start', repetitions, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
    const begun = performance.now();
    const launcher = await launch(dataDir);
    seconds.push((performance.now() - begun) / 1_000);
    const memory = await memoryOf(launcher, dataDir);
    gigabytes.push([...memory.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024 ** 3);
    for (const [part, bytes] of memory) parts.set(part, [...(parts.get(part) ?? []), bytes / 1024 ** 2]);
    const ended = once(launcher, 'exit');
    launcher.kill('SIGINT');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  });
  print('start', [
    { name: 'time to ready', value: median(seconds), unit: 's', aim: '<=8' },
    { name: 'memory of all processes', value: median(gigabytes), unit: 'GB', aim: '<=1' },
    ...[...parts].map(([part, values]): Figure => ({ name: `memory of ${part}`, value: median(values), unit: 'MB' })),
  ]);
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

/** The launcher as `npm start` runs it, in a process group of its own; settles when it says that all is ready. */
const launch = async (dataDir: string): Promise<ChildProcess> => {
  const launcher = spawn(process.execPath, ['--max-semi-space-size=2', 'infra/local/src/main.ts'], {
    cwd: repository,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), NODE_COMPILE_CACHE: '.cache/compile' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    launcher.once('exit', (code) => reject(new Error(`the start ended with exit code ${code}`)));
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      if (line.includes('is ready after')) resolve();
    });
  });
  return launcher;
};

/** Resident bytes by part; pages that processes share are counted in each of them. */
const memoryOf = async (launcher: ChildProcess, dataDir: string): Promise<ReadonlyMap<string, number>> => {
  const [groups, run] = await Promise.all([memoryByGroup(), readRun(dataDir)]);
  const pids = [
    ...Object.entries(run?.parts ?? {}).map(([part, { pid }]) => [part, pid] as const),
    ['launcher', launcher.pid ?? 0] as const,
  ];
  return new Map(pids.map(([part, pid]) => [part, groups.get(pid) ?? 0]));
};
