import { describe, expect, it } from 'vitest';
import { ConnectionLost, Refused } from './answers.ts';
import { keepIntent } from './intent.ts';

const counted = () => {
  let made = 0;
  return keepIntent(() => `key-${++made}`);
};
const refused = (status: number) => new Refused({ type: '/problems/x', title: 'x', status, detail: '', instance: '' });

describe('what somebody wants done', () => {
  it('is sent again with the same key after the connection was lost', () => {
    const intent = counted();
    expect(intent.keyFor({ score: 5 })).toBe('key-1');
    intent.settled(new ConnectionLost());
    expect(intent.keyFor({ score: 5 })).toBe('key-1');
    intent.settled(refused(503));
    expect(intent.keyFor({ score: 5 })).toBe('key-1');
  });

  it('is another thing once it was done or refused', () => {
    const intent = counted();
    intent.keyFor({ score: 5 });
    intent.settled();
    expect(intent.keyFor({ score: 5 })).toBe('key-2');
    intent.settled(refused(409));
    expect(intent.keyFor({ score: 5 })).toBe('key-3');
  });

  it('is another thing where something else is wanted', () => {
    const intent = counted();
    intent.keyFor({ score: 5 });
    expect(intent.keyFor({ score: 6 })).toBe('key-2');
    expect(intent.keyFor({ score: 5 })).toBe('key-3');
  });
});
