import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sharing } from './sharing.ts';

describe('what many read at once', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  /** A reading of what is there when it begins; it takes ten milliseconds. */
  const shelf = () => {
    const there = { value: 'first', readings: 0, fails: false };
    const read = sharing(async (key) => {
      there.readings += 1;
      const { value, fails } = there;
      await after(10);
      if (fails) throw new Error('away');
      return `${key} ${value}`;
    });
    return { there, read };
  };

  it('is read once for the first and once for all the others, however many they are', async () => {
    const { there, read } = shelf();
    const begun = Date.now();
    const times: number[] = [];
    const all = Array.from({ length: 100 }, () => read('a').then(() => times.push(Date.now() - begun)));
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(all);
    expect(there.readings).toBe(2);
    expect([...new Set(times)]).toEqual([10, 20]);
  });
  it('is never older than the question', async () => {
    const { there, read } = shelf();
    const first = read('a');
    await vi.advanceTimersByTimeAsync(5);
    there.value = 'second';
    const [second, third] = [read('a'), read('a')];
    await vi.advanceTimersByTimeAsync(7);
    // The reading the two share is under way by now.
    there.value = 'third';
    const fourth = read('a');
    await vi.advanceTimersByTimeAsync(100);
    expect(await Promise.all([first, second, third, fourth])).toEqual(['a first', 'a second', 'a second', 'a third']);
    expect(there.readings).toBe(3);
    const later = read('a');
    await vi.advanceTimersByTimeAsync(10);
    expect(await later).toBe('a third');
    expect(there.readings).toBe(4);
  });
  it('is another reading for another thing', async () => {
    const { there, read } = shelf();
    const both = Promise.all([read('a'), read('b')]);
    await vi.advanceTimersByTimeAsync(10);
    expect(await both).toEqual(['a first', 'b first']);
    expect(there.readings).toBe(2);
  });
  it('that failed is told to all who shared it, and read anew for who asked since', async () => {
    const { there, read } = shelf();
    there.fails = true;
    const first = read('a').catch(String);
    await vi.advanceTimersByTimeAsync(1);
    there.fails = false;
    const second = read('a');
    await vi.advanceTimersByTimeAsync(30);
    expect(await first).toBe('Error: away');
    expect(await second).toBe('a first');
  });
});
