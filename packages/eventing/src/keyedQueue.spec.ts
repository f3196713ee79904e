import { describe, expect, it } from 'vitest';
import { keyedQueue } from './keyedQueue.ts';

describe('a queue by key', () => {
  it('runs work of one key in order, and of another beside it', async () => {
    const queue = keyedQueue();
    const order: string[] = [];
    let letGo: () => void = () => undefined;
    const slow = queue('a', () => new Promise<void>((resolve) => (letGo = resolve)).then(() => void order.push('a1')));
    const behind = queue('a', async () => void order.push('a2'));
    await queue('b', async () => void order.push('b1'));
    letGo();
    await Promise.all([slow, behind]);
    expect(order).toEqual(['b1', 'a1', 'a2']);
  });
  it('goes on after a failure, which only its own caller sees', async () => {
    const queue = keyedQueue();
    const fails = queue('a', async () => Promise.reject(new Error('broken')));
    const next = queue('a', async () => 'done');
    await expect(fails).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
