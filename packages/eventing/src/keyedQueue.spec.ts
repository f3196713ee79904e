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

describe('a queue with so many places', () => {
  it('runs no more at once, lets each have its turn, and gives a place back after a failure', async () => {
    const queue = keyedQueue(2);
    let running = 0;
    let most = 0;
    const work = (fails: boolean) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (fails) throw new Error('broken');
      return 'done';
    };
    const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => queue(`key-${n % 10}`, work(n % 3 === 0))));
    expect(most).toBe(2);
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(7);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
  });
});
