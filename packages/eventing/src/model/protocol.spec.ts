import { describe, expect, it } from 'vitest';
import { explore, inWords } from './explore.ts';
import { allSights, protocol } from './protocol.ts';
import { scenes } from './scenes.ts';

describe('nothing is lost and nothing doubled, in every order of steps, crashes and redeliveries', () => {
  const explored = new Map(Object.entries(scenes).map(([name, scene]) => [name, () => explore(protocol(scene))]));
  const seen = new Set<string>();

  for (const [name, run] of explored)
    it(`when ${name}`, { timeout: 300_000 }, () => {
      const found = run();
      expect(found.violation, inWords(found)).toBeUndefined();
      expect(found.quiet).toBeGreaterThan(0);
      for (const sight of found.seen) seen.add(sight);
    });

  it('and the hard situations all came up', () => expect([...seen].sort()).toEqual([...allSights].sort()));
});
