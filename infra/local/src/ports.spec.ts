import { describe, expect, it } from 'vitest';
import { blocksFrom, claimPorts, hold } from './ports.ts';

describe('free ports for a run', () => {
  it('lie below those that outgoing connections are given', () => {
    const all = blocksFrom(17);
    expect(new Set(all).size).toBe(all.length);
    expect(Math.min(...all)).toBe(20_000);
    expect(Math.max(...all) + 16).toBeLessThan(32_768);
  });

  it('are never given to two runs, also when the first has not listened on them yet', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => claimPorts(9)));
    for (const { held } of runs) await held[0]?.release();
    const more = await claimPorts(9);
    const ports = [...runs, more].flatMap(({ held }) => held.map(({ port }) => port));
    expect(new Set(ports).size).toBe(81);
    await Promise.all([...runs, more].map((run) => run.release()));
  });

  it('can be listened on by their owner once released', async () => {
    const run = await claimPorts(1);
    const port = run.held[0]?.port ?? 0;
    expect(await hold(port)).toBeUndefined();
    await run.held[0]?.release();
    const owner = await hold(port);
    expect(owner?.port).toBe(port);
    await owner?.release();
    await run.release();
  });
});
