import { describe, expect, it } from 'vitest';
import { type KillOptions, killAtRandom, killEveryPart } from './kills.ts';
import { randomFrom } from './random.ts';

/** A system of two parts whose starts fail as often as told. */
const fakeSystem = (failures = 0) => {
  const running = new Set(['nats', 'tenders']);
  const killed: string[] = [];
  let left = failures;
  return {
    running,
    killed,
    system: {
      parts: ['nats', 'tenders'],
      isRunning: (part: string) => running.has(part),
      kill: async (part: string) => {
        if (running.delete(part)) killed.push(part);
      },
      start: async (part: string) => {
        if (left-- > 0) throw new Error('the database is down as well');
        running.add(part);
      },
      waitUntilReady: async () => undefined,
    } as unknown as KillOptions['system'],
  };
};
const killing = (some: Partial<KillOptions> & Pick<KillOptions, 'system'>) =>
  killAtRandom({ random: randomFrom('a seed'), kills: 5, progress: () => 1, mendAfter: 1, onKill: () => undefined, ...some });

describe('killing at random', () => {
  it('kills as often as asked, and leaves every part running', async () => {
    const { system, running, killed } = fakeSystem();
    const { done, killed: told } = killing({ system });
    await done;
    expect(killed).toHaveLength(5);
    expect(killed.slice(0, 2).toSorted()).toEqual(['nats', 'tenders']);
    expect(told.map(({ part }) => part)).toEqual(killed);
    expect([...running].sort()).toEqual(['nats', 'tenders']);
  });
  it('kills the same parts with the same seed, and others with another', async () => {
    const victims = async (seed: string) => {
      const { system, killed } = fakeSystem();
      await killing({ system, kills: 20, random: randomFrom(seed) }).done;
      return killed.join();
    };
    expect(await victims('one')).toBe(await victims('one'));
    expect(await victims('one')).not.toBe(await victims('two'));
  });
  it('starts a part again until it stays, and counts the starts that failed', async () => {
    const { system, running } = fakeSystem(3);
    const { done, failedStarts } = killing({ system, kills: 1 });
    await done;
    expect(failedStarts()).toBe(3);
    expect(running.size).toBe(2);
  });
  it('waits for the run: no kill before its moment, none once the run has ended', async () => {
    let progress = 0;
    const { system, killed } = fakeSystem();
    const { done, end } = killing({ system, kills: 50, progress: () => progress });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(killed).toEqual([]);
    progress = 0.5;
    await new Promise((resolve) => setTimeout(resolve, 200));
    end();
    await done;
    expect(killed.length).toBeGreaterThan(0);
    expect(killed.length).toBeLessThan(50);
  });
  it('ends every part at once, and starts each until it stays', async () => {
    const { system, running, killed } = fakeSystem(3);
    await killEveryPart(system, 1);
    expect(killed.toSorted()).toEqual(['nats', 'tenders']);
    expect([...running].sort()).toEqual(['nats', 'tenders']);
  });
});
