import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pacing } from './pacing.ts';

describe('those who begin at one pace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('begin so many at a time, in their order, whatever their work takes', async () => {
    const turn = pacing(2, 15);
    const begun = Date.now();
    const started: [number, number][] = [];
    const ask = (n: number) => turn().then(() => started.push([n, Date.now() - begun]));
    for (let n = 0; n < 5; n++) void ask(n);
    await vi.advanceTimersByTimeAsync(100);
    expect(started).toEqual([
      [0, 0],
      [1, 0],
      [2, 15],
      [3, 15],
      [4, 30],
    ]);
    // After a pause all turns are free again, and no more than there were.
    for (let n = 5; n < 8; n++) void ask(n);
    await vi.advanceTimersByTimeAsync(100);
    expect(started.slice(5)).toEqual([
      [5, 100],
      [6, 100],
      [7, 115],
    ]);
  });
});
