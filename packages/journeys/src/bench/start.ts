import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSystem } from '@umuhuza/local/system';
import { type Figure, median, print, rounds } from './figures.ts';

const repetitions = 5;

/** Time from nothing to all ready on a fresh data directory, and the memory of all processes together. */
export const startBench = async (): Promise<void> => {
  const seconds: number[] = [];
  const gigabytes: number[] = [];
  const parts = new Map<string, number[]>();
  await rounds('start', repetitions, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
    const begun = performance.now();
    const system = await startSystem({ dataDir });
    seconds.push((performance.now() - begun) / 1_000);
    const memory = await system.memory();
    gigabytes.push(memory.total / 1024 ** 3);
    for (const [part, bytes] of Object.entries(memory.parts)) parts.set(part, [...(parts.get(part) ?? []), bytes / 1024 ** 2]);
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  print('start', [
    { name: 'time to ready', value: median(seconds), unit: 's', aim: '<=8' },
    { name: 'memory of all processes', value: median(gigabytes), unit: 'GB', aim: '<=1' },
    ...[...parts].map(([part, values]): Figure => ({ name: `memory of ${part}`, value: median(values), unit: 'MB' })),
  ]);
};
