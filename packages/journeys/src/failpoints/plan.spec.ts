import { describe, expect, it } from 'vitest';
import { livesOf, type Measured, wavesOf } from './plan.ts';
import { changingRoutesOf, routeOf } from './routes.ts';

const heard = (n: number, passes: Record<string, number>): Measured[] =>
  Array.from({ length: n }, (_, i) => ({ name: `tenders.Event${i}`, kind: 'reaction', passes, asks: [] }));
const asked = (name: string, passes: Record<string, number>): Measured => ({ name, kind: 'command', passes, asks: [] });
const story = { service: 'sandbox', slow: { waits: ['beforeWrite', 'afterWrite'] as const } };

const measured = [
  ...heard(40, { beforeApply: 1, afterApply: 1, beforeWrite: 1, beforeMove: 1 }),
  asked('asks', { beforeWrite: 1, afterWrite: 1, beforePublish: 1, beforeMove: 1, afterMove: 1 }),
  asked('waits', { beforeWrite: 1, afterWrite: 1, beforePublish: 1 }),
];
const waves = wavesOf(story, measured, false);
const lives = livesOf(story, measured, waves);

describe('the deaths of a service', () => {
  it('are those of every case at every point that it passes, but of what waits for a clock only where it is worth it', () => {
    for (const { name, passes } of measured)
      for (const point of Object.keys(passes)) {
        const isThere = waves.some((wave) => wave.point === point && wave.cases.includes(name));
        expect(isThere, `${name} at ${point}`).toBe(name !== 'waits' || point !== 'beforePublish');
      }
    expect(lives.flat().map(({ mark }) => mark)).toHaveLength(waves.length);
  });

  it('come together in one process, but not where one would keep the others from their point', () => {
    expect(lives.length).toBeLessThan(waves.length);
    for (const life of lives) {
      const moving = life.findIndex(({ point }) => /Move/.test(point));
      if (moving >= 0) expect(moving).toBe(life.length - 1);
      expect(life.filter(({ cases }) => cases.includes('waits')).length).toBeLessThanOrEqual(1);
      const standing = life.filter(({ point }) => !/Move|Publish/.test(point)).flatMap(({ cases }) => cases);
      expect(standing.filter((name) => name.startsWith('tenders.')).length).toBeLessThanOrEqual(48);
    }
  });

  it('are more than one at a point where there are more cases than places', () => {
    const many = wavesOf(story, heard(100, { beforeApply: 1 }), false);
    expect(many.map(({ cases }) => cases.length)).toEqual([48, 48, 4]);
    expect(new Set(many.map(({ mark }) => mark)).size).toBe(3);
  });

  it('are each alone when that is asked for', () => {
    expect(wavesOf(story, measured, true).every(({ cases }) => cases.length === 1)).toBe(true);
  });
});

describe('the route of a request', () => {
  it('is the one that names most of its path', () => {
    expect(routeOf('tenders', 'POST', '/api/tenders/import')).toBe('POST /api/tenders/import');
    expect(routeOf('tenders', 'DELETE', '/api/tenders/t1/bids/mine')).toBe('DELETE /api/tenders/:id/bids/mine');
    expect(routeOf('tenders', 'POST', '/api/tenders/t1/documents?name=a.txt')).toBe('POST /api/tenders/:id/documents');
  });
  it('is one of those that change something', () => {
    expect(() => routeOf('tenders', 'POST', '/api/tenders/t1/unknown')).toThrow('no route');
    expect(changingRoutesOf('identity')).toContain('POST /api/auth/sign-up/email');
    expect(changingRoutesOf('identity').some((route) => route.startsWith('GET'))).toBe(false);
  });
});
