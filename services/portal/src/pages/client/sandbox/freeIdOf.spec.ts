import { id } from '@umuhuza/contracts/values';
import { describe, expect, it } from 'vitest';
import { freeIdOf } from './freeIdOf.ts';

describe('the id of something named', () => {
  it('is made of the name, and is one that the platform takes', () => {
    expect(freeIdOf('Großer Raum 1', [])).toBe('grosser-raum-1');
    for (const name of ['Room', '…', 'x'.repeat(200)]) expect(id.safeParse(freeIdOf(name, [])).success, name).toBe(true);
  });

  it('is another where that one is taken', () => expect(freeIdOf('Room', ['room', 'room-2'])).toBe('room-3'));
});
