import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { steadily } from './steadily.ts';

describe('an answer that must not tell by its time how much there was to do', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const after = (milliseconds: number) => new Promise<string>((resolve) => setTimeout(() => resolve('done'), milliseconds));

  it('comes at one time for little and for more, and when it is ready for much more', async () => {
    const answered: [string, number][] = [];
    for (const takes of [1, 9, 30]) void steadily(10, after(takes)).then((said) => answered.push([said, Date.now()]));
    const begun = Date.now();
    await vi.advanceTimersByTimeAsync(9);
    expect(answered).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(answered).toEqual([
      ['done', begun + 10],
      ['done', begun + 10],
      ['done', begun + 30],
    ]);
  });
  it('that failed is told at once', async () => {
    await expect(steadily(10, Promise.reject(new Error('away')))).rejects.toThrow('away');
  });
});
