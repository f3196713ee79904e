import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, Refused } from './answers.ts';
import { keepIntent, sendingOf, TurnedAway } from './intent.ts';

const counted = () => {
  let made = 0;
  return keepIntent(() => `key-${++made}`);
};
const refused = (status: number) => new Refused({ type: '/problems/x', title: 'x', status, detail: '', instance: '' });

describe('what somebody wants done', () => {
  it('is sent again with the same key after the connection was lost', () => {
    const intent = counted();
    expect(intent.keyFor({ score: 5 })).toBe('key-1');
    intent.settled({ score: 5 }, new ConnectionLost());
    expect(intent.keyFor({ score: 5 })).toBe('key-1');
    intent.settled({ score: 5 }, refused(503));
    expect(intent.keyFor({ score: 5 })).toBe('key-1');
  });

  it('is another thing once it was done or refused', () => {
    const intent = counted();
    intent.keyFor({ score: 5 });
    intent.settled({ score: 5 });
    expect(intent.keyFor({ score: 5 })).toBe('key-2');
    intent.settled({ score: 5 }, refused(409));
    expect(intent.keyFor({ score: 5 })).toBe('key-3');
  });

  it('keeps its key when something that was left before is answered meanwhile', () => {
    const intent = counted();
    intent.keyFor('question A');
    expect(intent.keyFor('question B')).toBe('key-2');
    intent.settled('question A');
    expect(intent.keyFor('question B')).toBe('key-2');
  });

  it('is another thing where something else is wanted', () => {
    const intent = counted();
    intent.keyFor({ score: 5 });
    expect(intent.keyFor({ score: 6 })).toBe('key-2');
    expect(intent.keyFor({ score: 5 })).toBe('key-3');
  });
});

describe('sending what is wanted', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  const wanting = (outcomes: readonly (Error | 'done')[]) => {
    const keys: string[] = [];
    const left = [...outcomes];
    const intent = counted();
    const send = async (_: string, key: string) => {
      keys.push(key);
      const outcome = left.shift() ?? 'done';
      if (outcome !== 'done') throw outcome;
      return outcome;
    };
    const observer = new MutationObserver(new QueryClient(), sendingOf(send, intent));
    const begin = () => {
      const waiting = new AbortController();
      const ended = observer.mutate({ input: 'publish', until: waiting.signal }).catch((error: unknown) => error);
      return { ended, leave: () => waiting.abort() };
    };
    return { keys, begin };
  };

  it('waits a lost connection out', async () => {
    const { keys, begin } = wanting([new ConnectionLost(), new ConnectionLost(), 'done']);
    const { ended } = begin();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await ended).toBe('done');
    expect(keys).toEqual(['key-1', 'key-1', 'key-1']);
  });

  it('ends when the person has left it, and what is wanted again is the same intent, since it may have been done', async () => {
    const { keys, begin } = wanting([new ConnectionLost(), 'done']);
    const first = begin();
    await vi.advanceTimersByTimeAsync(100);
    first.leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await first.ended).toBeInstanceOf(TurnedAway);
    expect(keys).toEqual(['key-1']);
    const again = begin();
    await vi.advanceTimersByTimeAsync(100);
    expect(await again.ended).toBe('done');
    expect(keys).toEqual(['key-1', 'key-1']);
  });

  it('asks before its second part whether it is still wanted', async () => {
    const waiting = new AbortController();
    const parts: string[] = [];
    const { mutationFn } = sendingOf(async (_: string, _key: string, stillWanted) => {
      parts.push('saved');
      waiting.abort();
      stillWanted();
      parts.push('published');
    }, counted());
    await expect(mutationFn({ input: 'publish', until: waiting.signal })).rejects.toBeInstanceOf(TurnedAway);
    expect(parts).toEqual(['saved']);
  });
});
