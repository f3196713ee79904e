import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { eachInTurn } from './eachInTurn.ts';

describe('work done for one after the other', () => {
  it('is done for all, also behind one that fails, which is told at the end', async () => {
    const done: string[] = [];
    const work = async (id: string) => {
      if (id === 'b' || id === 'd') throw new Error(`no ${id}`);
      done.push(id);
    };
    await expect(eachInTurn(['a', 'b', 'c', 'd', 'e'], work)).rejects.toMatchObject({
      message: 'b, d: Error: no b',
      errors: [{ message: 'no b' }, { message: 'no d' }],
    });
    expect(done).toEqual(['a', 'c', 'e']);
    await expect(eachInTurn(['a'], work)).resolves.toBeUndefined();
  });
  it('ends with the first that the database is away for', async () => {
    const asked: string[] = [];
    const work = async (id: string) => {
      asked.push(id);
      if (id === 'b') throw new mongoose.mongo.MongoNetworkError('away');
    };
    await expect(eachInTurn(['a', 'b', 'c'], work)).rejects.toMatchObject({ errors: [{ message: 'away' }] });
    expect(asked).toEqual(['a', 'b']);
  });
});
