import { describe, expect, it } from 'vitest';
import { howItEnded, restartDelay } from './part.ts';

describe('a part that keeps ending', () => {
  it('is started again after a growing while, at most half a minute', () => {
    const delays = Array.from({ length: 8 }, (_, n) => restartDelay(n));
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect([delays[0], delays.at(-1)]).toEqual([500, 30_000]);
  });
  it('is told by its signal or its code', () => {
    expect(howItEnded({ code: null, signal: 'SIGKILL' })).toBe('ended by SIGKILL');
    expect(howItEnded({ code: 1, signal: null })).toBe('ended with code 1');
  });
});
